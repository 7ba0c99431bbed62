#pragma once

#include <atomic>
#include <cmath>
#include <vector>

#include "kernel.h"
#include "loss-rows.h"
#include "loss-story.h"
#include "parallel.h"

namespace likeness {

/** Rows with a norm below this have no direction, as in learning/distances/unit-rows.ts. */
constexpr float kShortestRow = 1e-12f;
/** Squared distances below this are rounding, as in learning/distances/distance.ts. */
constexpr float kCoincident = 1e-6f;

inline std::vector<double> inverses(const Floats& norms) {
  std::vector<double> inverse(norms.size());
  for (int64_t row = 0; row < norms.size(); row++) inverse[row] = norms.data()[row] < kShortestRow ? 0 : 1.0 / norms.data()[row];
  return inverse;
}

/** One row of a table of pairs, and room to work in; all of so many columns. */
struct Anchor {
  int64_t row;
  int64_t columns;
  /** What the loss compares by, and cosines, which are the same where it compares unit rows. */
  const float* similarity;
  const float* cosine;
  /** Σ of the squared norms of both rows, 2 on the sphere. */
  const float* squared_norms;
  const int32_t* role;
  std::vector<int32_t> positives;
  int64_t negatives;
  /** Room. */
  double* z;
  float* share;
  int32_t* kept;
  /** ∂(Σ losses)/∂S, 0 at first. */
  float* gradient;
};

/** The item of an anchor with the least similar positive and the most similar negative of `role`. */
LIKENESS_INLINE CostlyItem extremes(const Anchor& at, const int32_t* role, double loss) {
  const float* s = at.similarity;
  constexpr float kFar = std::numeric_limits<float>::infinity();
  float least = kFar, most = -kFar;
#pragma omp simd reduction(min : least) reduction(max : most)
  for (int64_t c = 0; c < at.columns; c++) {
    const float positive = role[c] == kPositive ? s[c] : kFar, negative = role[c] == kNegative ? s[c] : -kFar;
    least = least < positive ? least : positive;
    most = most > negative ? most : negative;
  }
  int64_t positive = 0, negative = 0;
  while (positive < at.columns && !(role[positive] == kPositive && s[positive] == least)) positive++;
  while (negative < at.columns && !(role[negative] == kNegative && s[negative] == most)) negative++;
  const bool has_positive = positive < at.columns, has_negative = negative < at.columns;
  return {loss, static_cast<double>(at.row), has_positive ? static_cast<double>(positive) : -1, has_negative ? static_cast<double>(negative) : -1,
          has_positive ? at.cosine[positive] : 0, has_negative ? at.cosine[negative] : 0};
}

/** Pairs of rows with columns, as learning/loss-pairs.ts has them. */
struct PairTable {
  int64_t rows;
  int64_t columns;
  /** Floats from a row of products to the next, as of slopes. */
  int64_t step;
  /** Raw inner products, [rows, columns]. */
  const float* products;
  const float* row_labels;
  const float* column_labels;
  const double* row_inverse;
  const double* column_inverse;
  /** Rows are the columns, and no row is compared with itself. */
  bool is_square;
  /** Compared by cosines, not by the products as they are. */
  bool is_unit;
};

/** Role, similarities and distances of a row. */
LIKENESS_CLONES inline void prepare_row(const PairTable& table, int64_t row, float* __restrict similarity, float* __restrict cosine, float* __restrict squared_norms,
                                        int32_t* __restrict role, LossStory& story) {
  const float* products = table.products + row * table.step;
  const float label = table.row_labels[row];
  const double inverse = table.row_inverse[row];
  const float norm = inverse > 0 ? 1 : 0;
  for (int64_t c = 0; c < table.columns; c++) {
    cosine[c] = static_cast<float>(products[c] * inverse * table.column_inverse[c]);
    similarity[c] = table.is_unit ? cosine[c] : products[c];
    squared_norms[c] = norm + (table.column_inverse[c] > 0 ? 1.0f : 0.0f);
    role[c] = table.column_labels[c] == label ? kPositive : kNegative;
  }
  if (table.is_square) role[row] = kOutside;
  float near = 0, far = 0;
  int32_t positives = 0, negatives = 0;
#pragma omp simd reduction(+ : near, far, positives, negatives)
  for (int64_t c = 0; c < table.columns; c++) {
    const float squared = squared_norms[c] - 2 * cosine[c];
    near += role[c] == kPositive ? squared : 0;
    far += role[c] == kNegative ? squared : 0;
    positives += role[c] == kPositive ? 1 : 0;
    negatives += role[c] == kNegative ? 1 : 0;
  }
  story.near += near;
  story.far += far;
  story.near_count += positives;
  story.far_count += negatives;
  story.no_positive += positives == 0 ? 1 : 0;
  story.no_negative += negatives == 0 ? 1 : 0;
}

/** Room for one row at a time. */
class AnchorRoom {
 public:
  explicit AnchorRoom(int64_t columns) : floats_(4 * columns), numbers_(columns), integers_(2 * columns) {}
  /** A row of the table as an anchor; what its pairs are is added to the story. */
  Anchor& anchor(const PairTable& table, int64_t row, float* gradient, LossStory& story) {
    const int64_t columns = table.columns;
    float *similarity = floats_.data(), *cosine = similarity + columns, *squared_norms = cosine + columns, *share = squared_norms + columns;
    int32_t *role = integers_.data(), *kept = role + columns;
    const double negatives = story.far_count;
    prepare_row(table, row, similarity, cosine, squared_norms, role, story);
    at_.positives.clear();
    for (int64_t c = 0; c < columns; c++)
      if (role[c] == kPositive) at_.positives.push_back(static_cast<int32_t>(c));
    at_ = Anchor{row, columns, similarity, cosine, squared_norms, role, std::move(at_.positives), static_cast<int64_t>(story.far_count - negatives), numbers_.data(), share, kept, gradient};
    std::fill(gradient, gradient + columns, 0.0f);
    return at_;
  }

 private:
  std::vector<float> floats_;
  std::vector<double> numbers_;
  std::vector<int32_t> integers_;
  Anchor at_{};
};

/** Positives and negatives weigh the same in most losses. */
struct SidesAlike {
  void balance(const PairTable&, LossStory&, float*) const {}
};

/** Most losses are the mean over their items. */
struct MeanOverItems : SidesAlike {
  double weight(const LossStory& story) const { return story.items > 0 ? 1 / story.items : 0; }
};

/** The loss of every row of a table as an anchor: the gradient of Σ losses with respect to S, [rows, columns], and what it told. */
template <typename Loss>
LossStory run_anchors(const PairTable& table, const Loss& loss, float* gradient) {
  constexpr int64_t kPiece = 8;
  std::vector<LossStory> stories((table.rows + kPiece - 1) / kPiece);
  std::atomic<double> floor{0};
  in_pieces(table.rows, kPiece, [&](int64_t piece, int64_t begin, int64_t end) {
    LossStory& story = stories[piece];
    AnchorRoom room(table.columns);
    story.costliest.raise_floor(floor.load());
    for (int64_t row = begin; row < end; row++) loss.of(room.anchor(table, row, gradient + row * table.step, story), story);
    const double reached = story.costliest.threshold();
    for (double seen = floor.load(); seen < reached && !floor.compare_exchange_weak(seen, reached);) {}
  });
  LossStory all;
  for (const LossStory& story : stories) all.add(story);
  return all;
}

}  // namespace likeness
