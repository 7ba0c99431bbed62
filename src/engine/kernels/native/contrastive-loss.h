#pragma once

#include "anchors.h"

namespace likeness {

enum class ContrastiveVariant : int64_t { kSurvey = 0, kPaper = 1, kCode = 2 };

struct Margins {
  float negative;
  float positive;
};

/** The cost of a pair, and where it costs anything, ∂cost/∂S. */
struct PairCost {
  float loss;
  float slope;
};

template <ContrastiveVariant variant>
LIKENESS_INLINE PairCost cost_of(float squared, bool is_positive, const Margins& margins) {
  const float distance = std::sqrt(squared), inverse = squared > 0 ? 1 / distance : 0;
  if (variant == ContrastiveVariant::kSurvey) {
    const float gap = is_positive ? squared : margins.negative - squared;
    return {gap > 0 ? gap : 0, is_positive ? -2.0f : 2.0f};
  }
  if (variant == ContrastiveVariant::kPaper) {
    const float gap = is_positive ? distance : margins.negative - distance;
    return {gap > 0 ? gap * gap / 2 : 0, is_positive ? -gap * inverse : gap * inverse};
  }
  const float gap = is_positive ? distance - margins.positive : margins.negative - distance;
  return {gap > 0 ? gap : 0, is_positive ? -inverse : inverse};
}

/** Costs of a row to `share`, slopes to `gradient`, and what they add up to. Returns the highest cost. */
template <ContrastiveVariant variant>
LIKENESS_INLINE float cost_row(const Anchor& at, const Margins& margins, LossStory& story) {
  float most = 0, active = 0, positive_active = 0;
  double sum = 0, positive_sum = 0;
#pragma omp simd reduction(max : most) reduction(+ : active, positive_active, sum, positive_sum)
  for (int64_t c = 0; c < at.columns; c++) {
    const float squared = at.squared_norms[c] - 2 * at.similarity[c];
    const bool is_positive = at.role[c] == kPositive;
    const PairCost cost = cost_of<variant>(squared < kCoincident ? 0 : squared, is_positive, margins);
    const float loss = at.role[c] == kOutside ? 0 : cost.loss, counts = loss > 0 ? 1.0f : 0.0f;
    at.share[c] = loss;
    at.gradient[c] = loss > 0 ? cost.slope : 0;
    most = most > loss ? most : loss;
    active += counts;
    sum += loss;
    positive_active += is_positive ? counts : 0;
    positive_sum += is_positive ? loss : 0;
  }
  story.active += active;
  story.sum += sum;
  story.positive_active += positive_active;
  story.positive_sum += positive_sum;
  return most;
}

/** Σ over the pairs of the anchor; each is an item. */
LIKENESS_CLONES inline void contrastive(const Anchor& at, ContrastiveVariant variant, const Margins& margins, LossStory& story) {
  story.items += static_cast<double>(at.positives.size()) + static_cast<double>(at.negatives);
  const float most = variant == ContrastiveVariant::kSurvey ? cost_row<ContrastiveVariant::kSurvey>(at, margins, story)
                     : variant == ContrastiveVariant::kPaper ? cost_row<ContrastiveVariant::kPaper>(at, margins, story)
                                                             : cost_row<ContrastiveVariant::kCode>(at, margins, story);
  // Most rows have nothing dear enough to be listed.
  for (int64_t c = 0; story.costliest.wants(most) && c < at.columns; c++) {
    if (!story.costliest.wants(at.share[c])) continue;
    const bool is_positive = at.role[c] == kPositive;
    const double column = static_cast<double>(c), cosine = at.cosine[c];
    story.costliest.offer({at.share[c], static_cast<double>(at.row), is_positive ? column : -1, is_positive ? -1 : column, is_positive ? cosine : 0, is_positive ? 0 : cosine});
  }
}

LIKENESS_CLONES inline void scale_positives(const PairTable& table, int64_t row, float factor, float* gradient) {
  for (int64_t c = 0; c < table.columns; c++) gradient[c] *= table.column_labels[c] == table.row_labels[row] ? factor : 1;
}

/** The mean over all pairs; of the variant `code`, that over the positives that cost anything plus that over such negatives. */
class Contrastive {
 public:
  explicit Contrastive(const Options& options)
      : variant_(static_cast<ContrastiveVariant>(options.integer("form"))),
        margins_{static_cast<float>(options.number("margin")), static_cast<float>(options.number("positive_margin"))} {}
  void of(const Anchor& at, LossStory& story) const { contrastive(at, variant_, margins_, story); }

  /** Positives get the weight they have beside that of negatives, which `weight` gives to both. */
  void balance(const PairTable& table, LossStory& story, float* gradient) const {
    const double negative_active = story.active - story.positive_active;
    if (variant_ != ContrastiveVariant::kCode || story.positive_active == 0 || negative_active == 0) return;
    const double factor = negative_active / story.positive_active;
    story.sum += (factor - 1) * story.positive_sum;
    in_pieces(table.rows, kRowsInStep, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) scale_positives(table, row, static_cast<float>(factor), gradient + row * table.step);
    });
  }

  double weight(const LossStory& story) const {
    const double negative_active = story.active - story.positive_active;
    const double items = variant_ != ContrastiveVariant::kCode ? story.items : negative_active > 0 ? negative_active : story.positive_active;
    return items > 0 ? 1 / items : 0;
  }

 private:
  static constexpr int64_t kRowsInStep = 64;
  ContrastiveVariant variant_;
  Margins margins_;
};

}  // namespace likeness
