#pragma once

#include "anchors.h"
#include "strips.h"

namespace likeness {

constexpr int64_t kBlock = 16;

/** G, whose rows begin `step` floats apart, becomes weight (G + Gᵀ), each entry over both norms: in place, a block and its mirror image at a time. */
LIKENESS_CLONES inline void add_mirrored(const Table& gradient, int64_t first, double weight, const double* inverse) {
  const int64_t rows = gradient.rows, step = gradient.step, end = std::min(rows, first + kBlock);
  float* values = gradient.values;
  for (int64_t from = first; from < rows; from += kBlock)
    for (int64_t i = first; i < end; i++)
      for (int64_t j = std::max(from, i + 1); j < std::min(rows, from + kBlock); j++) {
        const float both = static_cast<float>((values[i * step + j] + values[j * step + i]) * weight * inverse[i] * inverse[j]);
        values[i * step + j] = both;
        values[j * step + i] = both;
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

/** What a loss over all pairs of unit rows of a batch told, and what it is weighed with. */
struct PairsTold {
  LossStory story;
  double weight;
};

/** The pairs of a batch: products x xᵀ, norms and labels of its rows. */
struct BatchPairs {
  Table products;
  const Floats &norms, &labels;
};

/** Fills W, with which ∂loss/∂x = W x (learning/loss-gradient.ts says why); its rows lie as those of the products. */
template <typename Loss>
PairsTold weigh_pairs(const Loss& loss, const BatchPairs& of, float* weights) {
  const int64_t rows = of.products.rows, step = of.products.step;
  const float *products = of.products.values, *labels = of.labels.data();
  const std::vector<double> inverse = inverses(of.norms);
  const PairTable table{rows, rows, step, products, labels, labels, inverse.data(), inverse.data(), true, true};
  LossStory story = run_anchors(table, loss, weights);
  loss.balance(table, story, weights);
  const double weight = loss.weight(story);
  in_pieces(rows, kBlock, [&](int64_t, int64_t begin, int64_t) { add_mirrored({weights, rows, rows, step}, begin, weight, inverse.data()); });
  in_pieces(rows, 4 * kBlock, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      float* own = weights + row * step;
      own[row] = 0;
      own[row] = static_cast<float>(-dot(own, products + row * step, rows) * inverse[row] * inverse[row]);
    }
  });
  return {story, weight};
}

/** A loss over all pairs whose products TensorFlow makes. Inputs: products [rows, rows], norms [rows], labels [rows], whole numbers. Outputs: W and the story. */
template <typename Loss>
class PairTableLoss {
 public:
  explicit PairTableLoss(const Options& options) : loss_(options) {}

  void compute(const Call& call) const {
    const Floats products = call.input(0), norms = call.input(1), labels = call.input(2);
    const int64_t rows = norms.size();
    expect(rows > 0 && products.size() == rows * rows && labels.size() == rows, "LikenessPairs: a product for each pair and a label for each row are wanted");
    const Floats weights = call.output(0, {rows, rows});
    const auto [story, weight] = weigh_pairs(loss_, {{products.data(), rows, rows, rows}, norms, labels}, weights.data());
    write_story(call, 1, story, weight);
  }

 private:
  Loss loss_;
};

/** The same with its products: from x [rows, width] to ∂loss/∂x. It needs the registers of 16 floats. */
template <typename Loss>
class PairStep {
 public:
  explicit PairStep(const Options& options) : loss_(options) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), norms = call.input(1), labels = call.input(2);
    expect(has_wide_registers(), "LikenessPairs: this processor has no registers of 16 floats");
    expect(x.shape.size() == 2 && x.shape[0] > 0 && norms.size() == x.shape[0] && labels.size() == x.shape[0], "LikenessPairs: a norm and a label for each row are wanted");
    const Matrix batch{x.data(), x.shape[0], x.shape[1]};
    const int64_t rows = batch.rows, step = strips_of(rows) * kStrip;
    thread_local Scratch memory;
    float *products = memory.of(2 * rows * step), *weights = products + rows * step;
    multiply_turned(batch, batch, {products, rows, rows, step});
    const auto [story, weight] = weigh_pairs(loss_, {{products, rows, rows, step}, norms, labels}, weights);
    write_story(call, 1, story, weight);
    multiply_table({weights, rows, rows, step}, batch, call.output(0, x.shape).data());
  }

 private:
  Loss loss_;
};

}  // namespace likeness
