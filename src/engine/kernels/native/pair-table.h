#pragma once

#include "anchors.h"

namespace likeness {

constexpr int64_t kBlock = 16;

/** G becomes weight (G + Gᵀ), each entry over both norms: in place, a block and its mirror image at a time. */
LIKENESS_CLONES inline void add_mirrored(float* gradient, int64_t rows, int64_t first, double weight, const double* inverse) {
  const int64_t end = std::min(rows, first + kBlock);
  for (int64_t from = first; from < rows; from += kBlock)
    for (int64_t i = first; i < end; i++)
      for (int64_t j = std::max(from, i + 1); j < std::min(rows, from + kBlock); j++) {
        const float both = static_cast<float>((gradient[i * rows + j] + gradient[j * rows + i]) * weight * inverse[i] * inverse[j]);
        gradient[i * rows + j] = both;
        gradient[j * rows + i] = both;
      }
}

LIKENESS_CLONES inline double dot(const float* a, const float* b, int64_t size) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t at = 0; at < size; at++) sum += static_cast<double>(a[at]) * b[at];
  return sum;
}

LIKENESS_CLONES inline void scale(float* values, int64_t size, float factor) {
  for (int64_t at = 0; at < size; at++) values[at] *= factor;
}

/**
 * A loss over all pairs of unit rows of a batch. Inputs: products x xᵀ [rows, rows], norms [rows], labels [rows], whole numbers.
 * Outputs: W [rows, rows], with which ∂loss/∂x = W x (learning/loss-gradient.ts says why), and the story.
 */
template <typename Loss>
class PairTableLoss {
 public:
  explicit PairTableLoss(const Options& options) : loss_(options) {}

  void compute(const Call& call) const {
    const Floats products = call.input(0), norms = call.input(1), labels = call.input(2);
    const int64_t rows = norms.size();
    expect(rows > 0 && products.size() == rows * rows && labels.size() == rows, "LikenessPairs: a product for each pair and a label for each row are wanted");
    const Floats weights = call.output(0, {rows, rows});
    const std::vector<double> inverse = inverses(norms);
    const PairTable table{rows, rows, products.data(), labels.data(), labels.data(), inverse.data(), inverse.data(), true, true};
    LossStory story = run_anchors(table, loss_, weights.data());
    loss_.balance(table, story, weights.data());
    const double weight = loss_.weight(story);
    write_story(call, 1, story, weight);
    in_pieces(rows, kBlock, [&](int64_t, int64_t begin, int64_t) { add_mirrored(weights.data(), rows, begin, weight, inverse.data()); });
    in_pieces(rows, 4 * kBlock, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) {
        float* own = weights.data() + row * rows;
        own[row] = 0;
        own[row] = static_cast<float>(-dot(own, products.data() + row * rows, rows) * inverse[row] * inverse[row]);
      }
    });
  }

 private:
  Loss loss_;
};

}  // namespace likeness
