#pragma once

#include "pair-table.h"

namespace likeness {

LIKENESS_CLONES inline void add_scaled(const float* one, const float* other, float factor, int64_t size, float* to) {
  for (int64_t at = 0; at < size; at++) to[at] = one[at] + factor * other[at];
}

/**
 * A loss over chosen rows, each anchor against all others, compared as they are: value and gradient of the whole batch at once, with
 * only the products that are asked for. Inputs: x [batch, width], norms and labels [batch], anchors and others (numbers of rows, none twice; the
 * first of the others are the positives, one for each anchor). Outputs: ∂loss/∂x [batch, width] and the story, whose distances and cosines
 * are those on the sphere. With G = ∂loss/∂S and w = norm_weight: ∂a = G c + 2 w a, ∂c = Gᵀ a, and + 2 w c for a positive. It needs the registers of 16 floats.
 */
template <typename Loss>
class TupleStep {
 public:
  explicit TupleStep(const Options& options) : loss_(options), norm_weight_(options.number("norm_weight")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), norms = call.input(1), labels = call.input(2);
    expect(has_wide_registers(), "LikenessTuples: this processor has no registers of 16 floats");
    expect(x.shape.size() == 2 && norms.size() == x.shape[0] && labels.size() == x.shape[0], "LikenessTuples: a norm and a label for each row are wanted");
    const Side anchors(call.input(3), norms, labels), others(call.input(4), norms, labels);
    const int64_t rows = anchors.size(), columns = others.size(), width = x.shape[1], step = strips_of(columns) * kStrip;
    expect(rows > 0 && columns >= rows, "LikenessTuples: anchors, and a positive for each of them, are wanted");
    thread_local Scratch memory;
    float *a = memory.of(2 * (rows + columns) * width + 2 * rows * step), *da = a + rows * width, *c = da + rows * width, *dc = c + columns * width;
    float *products = dc + columns * width, *slopes = products + rows * step;
    anchors.copy(x.data(), width, a);
    others.copy(x.data(), width, c);
    multiply_turned({a, rows, width}, {c, columns, width}, {products, rows, columns, step});
    std::fill_n(slopes, rows * step, 0.0f);
    const PairTable table{rows, columns, step, products, anchors.labels.data(), others.labels.data(), anchors.inverse.data(), others.inverse.data(), false, false};
    const LossStory story = run_anchors(table, loss_, slopes);
    const double weight = loss_.weight(story);
    write_story(call, 1, story, weight);
    scale(slopes, rows * step, static_cast<float>(weight));
    multiply_back({slopes, rows, columns, step}, {a, rows, width}, {c, columns, width}, {da, dc, false});
    const Floats gradient = call.output(0, x.shape);
    if (rows + columns < x.shape[0]) std::fill_n(gradient.data(), gradient.size(), 0.0f);
    const float twice = 2 * norm_weight_;
    anchors.put({da, a, rows, twice}, width, gradient.data());
    others.put({dc, c, rows, twice}, width, gradient.data());
  }

 private:
  static constexpr int64_t kRowsInPiece = 32;

  /** Slopes of the rows of a side, [rows, width], to which the first `matched` add so many times themselves. */
  struct OfSide {
    const float *slopes, *own;
    int64_t matched;
    float factor;
  };

  /** Rows of x on one side of the products. */
  struct Side {
    std::vector<int64_t> rows;
    std::vector<float> labels;
    std::vector<double> inverse;
    Side(const Floats& chosen, const Floats& norms, const Floats& all_labels) {
      for (int64_t at = 0; at < chosen.size(); at++) {
        const int64_t row = static_cast<int64_t>(chosen.data()[at]);
        expect(row >= 0 && row < norms.size(), "LikenessTuples: a row is chosen that is not there");
        rows.push_back(row);
        labels.push_back(all_labels.data()[row]);
        inverse.push_back(norms.data()[row] < kShortestRow ? 0 : 1.0 / norms.data()[row]);
      }
    }
    int64_t size() const { return static_cast<int64_t>(rows.size()); }
    /** Its rows of x, one below the other. */
    void copy(const float* x, int64_t width, float* to) const {
      in_pieces(size(), kRowsInPiece, [&](int64_t, int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) std::copy_n(x + rows[row] * width, width, to + row * width);
      });
    }
    /** The gradients of its rows, to where those rows are in x. */
    void put(const OfSide& of, int64_t width, float* x) const {
      in_pieces(size(), kRowsInPiece, [&](int64_t, int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) add_scaled(of.slopes + row * width, of.own + row * width, row < of.matched ? of.factor : 0, width, x + rows[row] * width);
      });
    }
  };

  Loss loss_;
  float norm_weight_;
};

}  // namespace likeness
