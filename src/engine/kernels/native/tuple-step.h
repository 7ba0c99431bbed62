#pragma once

#include "pair-table.h"
#include "project.h"
#include "strips.h"

namespace likeness {

LIKENESS_CLONES inline void multiply_plainly(const FlatProduct& of) {
  for (int64_t row = 0; row < of.rows; row++) {
    float* y = of.y + row * of.y_step;
    std::fill_n(y, of.outputs, 0.0f);
    for (int64_t input = 0; input < of.inputs; input++) {
      const float factor = of.x[row * of.step + input];
      const float* matrix = of.matrix + input * of.outputs;
      for (int64_t output = 0; output < of.outputs; output++) y[output] += factor * matrix[output];
    }
  }
}

/** Of any size and on any processor. */
inline void multiply(const FlatProduct& of) {
  if (has_wide_registers() && of.outputs % kLanes == 0) multiply_rows(of);
  else multiply_plainly(of);
}

/**
 * A loss over chosen rows, each anchor against all others, compared as they are: value and gradient of the whole batch at once, with
 * only the products that are asked for. Inputs: x [batch, width], norms and labels [batch], anchors and others (numbers of rows, none twice; the
 * first of the others are the positives, one for each anchor). Outputs: ∂loss/∂x [batch, width] and the story, whose distances and cosines
 * are those on the sphere. With G = ∂loss/∂S and w = norm_weight: ∂a = G c + 2 w a, ∂c = Gᵀ a, and + 2 w c for a positive.
 */
template <typename Loss>
class TupleStep {
 public:
  explicit TupleStep(const Options& options) : loss_(options), norm_weight_(options.number("norm_weight")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), norms = call.input(1), labels = call.input(2);
    expect(x.shape.size() == 2 && norms.size() == x.shape[0] && labels.size() == x.shape[0], "LikenessTuples: a norm and a label for each row are wanted");
    const Side anchors(call.input(3), norms, labels), others(call.input(4), norms, labels);
    const int64_t rows = anchors.size(), columns = others.size();
    expect(rows > 0 && columns >= rows, "LikenessTuples: anchors, and a positive for each of them, are wanted");
    thread_local Scratch memory;
    float *products = memory.of(3 * rows * columns), *slopes = products + rows * columns, *turned = slopes + rows * columns;
    multiply_sides(x, anchors, others, products);
    const PairTable table{rows, columns, products, anchors.labels.data(), others.labels.data(), anchors.inverse.data(), others.inverse.data(), false, false};
    const LossStory story = run_anchors(table, loss_, slopes);
    const double weight = loss_.weight(story);
    write_story(call, 1, story, weight);
    scale(slopes, rows * columns, static_cast<float>(weight));
    turn_rows(rows, columns, [&](int64_t row) { return slopes + row * columns; }, turned, rows);
    add_up(x, call.output(0, x.shape), {anchors, others, slopes, turned});
  }

 private:
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
    /** Columns begin to end of its rows of x, one below the other. */
    void copy(const float* x, int64_t width, int64_t begin, int64_t end, float* to) const {
      for (const int64_t row : rows) to = std::copy(x + row * width + begin, x + row * width + end, to);
    }
  };

  struct Slopes {
    const Side &anchors, &others;
    /** ∂loss/∂S [anchors, others], and turned. */
    const float *slopes, *turned;
  };

  /** Anchors times others, [anchors, others]. */
  static void multiply_sides(const Floats& x, const Side& anchors, const Side& others, float* products) {
    const int64_t width = x.shape[1], rows = anchors.size(), columns = others.size();
    in_pieces(columns, kColumns, [&](int64_t, int64_t begin, int64_t end) {
      const int64_t some = end - begin;
      thread_local Scratch room;
      float *a = room.of((rows + some) * width), *turned = a + rows * width;
      anchors.copy(x.data(), width, 0, width, a);
      turn_rows(some, width, [&](int64_t at) { return x.data() + others.rows[begin + at] * width; }, turned, some);
      multiply({a, rows, width, turned, width, some, products + begin, columns});
    });
  }

  void add_up(const Floats& x, const Floats& gradient, const Slopes& of) const {
    const int64_t batch = x.shape[0], width = x.shape[1], rows = of.anchors.size(), columns = of.others.size();
    in_pieces(width, kColumns, [&](int64_t, int64_t begin, int64_t end) {
      const int64_t some = end - begin;
      thread_local Scratch room;
      float *a = room.of((2 * rows + 2 * columns) * some), *c = a + rows * some, *of_a = c + columns * some, *of_c = of_a + rows * some;
      of.anchors.copy(x.data(), width, begin, end, a);
      of.others.copy(x.data(), width, begin, end, c);
      multiply({of.slopes, rows, columns, c, columns, some, of_a, some});
      multiply({of.turned, columns, rows, a, rows, some, of_c, some});
      for (int64_t row = 0; row < batch; row++) std::fill_n(gradient.data() + row * width + begin, some, 0.0f);
      const float twice = 2 * norm_weight_;
      const auto put = [&](int64_t row, const float* slope, const float* own, float factor) {
        float* to = gradient.data() + row * width + begin;
        for (int64_t at = 0; at < some; at++) to[at] = slope[at] + factor * own[at];
      };
      for (int64_t row = 0; row < rows; row++) put(of.anchors.rows[row], of_a + row * some, a + row * some, twice);
      for (int64_t column = 0; column < columns; column++) put(of.others.rows[column], of_c + column * some, c + column * some, column < rows ? twice : 0);
    });
  }

  static constexpr int64_t kColumns = 64;
  Loss loss_;
  float norm_weight_;
};

}  // namespace likeness
