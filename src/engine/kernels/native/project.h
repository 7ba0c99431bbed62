#pragma once

#include "convolution-tiles.h"
#include "kernel.h"
#include "parallel.h"
#include "scratch.h"

// The last layer of a network: features [batch, inputs] times a matrix [inputs, outputs], and a bias [outputs]. Its products are flat (a batch
// has few rows), for which TensorFlow's library takes thrice the time.
namespace likeness {

inline void expect_projection(const Floats& x, const Floats& matrix) {
  expect(has_wide_registers(), "LikenessProject: this processor has no registers of 16 floats");
  expect(x.shape.size() == 2 && matrix.shape.size() == 2 && x.shape[1] == matrix.shape[0], "LikenessProject: [batch, inputs] and [inputs, outputs] are wanted");
  expect(x.shape[1] % kLanes == 0 && matrix.shape[1] % kLanes == 0, "LikenessProject: inputs and outputs must be multiples of 16");
}

/** Rows of x, `step` floats apart, times a matrix [inputs, outputs]; to y, whose rows are `y_step` floats apart. */
struct FlatProduct {
  const float* x;
  int64_t rows, step;
  const float* matrix;
  int64_t inputs, outputs;
  float* y;
  int64_t y_step;
};

inline void multiply_rows(const FlatProduct& of) {
  for (int64_t first = 0, width; first < of.outputs; first += width) {
    width = strip_width(of.outputs - first);
    convolve_strip_row({of.x, of.step, 0, of.matrix + first, 1, 1, of.inputs, of.outputs, of.y + first, of.y_step}, width, of.rows);
  }
}

/** Inputs: x, matrix, bias. Output: y. */
class Project {
 public:
  explicit Project(const Options&) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), matrix = call.input(1), bias = call.input(2);
    expect_projection(x, matrix);
    const int64_t rows = x.shape[0], inputs = x.shape[1], outputs = matrix.shape[1], size = rows * outputs;
    expect(bias.size() == outputs, "LikenessProject: the bias must have a value an output");
    const Floats y = call.output(0, {rows, outputs});
    // Sums over some inputs each, added up in their order whatever the number of threads.
    const int64_t parts = (inputs + kInputs - 1) / kInputs;
    Scratch memory;
    float* sums = memory.of(std::max<int64_t>(1, parts * size));
    in_pieces(inputs, kInputs, [&](int64_t part, int64_t begin, int64_t end) {
      multiply_rows({x.data() + begin, rows, inputs, matrix.data() + begin * outputs, end - begin, outputs, sums + part * size, outputs});
    });
    add_parts(sums, size, size, parts);
    const float* shift = bias.data();
    float* result = y.data();
    for (int64_t row = 0; row < rows; row++, result += outputs, sums += outputs)
      for (int64_t output = 0; output < outputs; output++) result[output] = sums[output] + shift[output];
  }

 private:
  static constexpr int64_t kInputs = 256;
};

/** Inputs: dy, x, matrix. Outputs: the gradients of x, matrix and bias. */
class ProjectGradient {
 public:
  explicit ProjectGradient(const Options&) {}

  void compute(const Call& call) const {
    const Floats dy = call.input(0), x = call.input(1), matrix = call.input(2);
    expect_projection(x, matrix);
    const int64_t rows = x.shape[0], inputs = x.shape[1], outputs = matrix.shape[1];
    expect(dy.size() == rows * outputs, "LikenessProjectGradient: dy must be as large as the result");
    const Floats dx = call.output(0, x.shape), d_matrix = call.output(1, matrix.shape), d_bias = call.output(2, {outputs});
    const float *weights = matrix.data(), *of_results = dy.data();
    float* of_bias = d_bias.data();
    std::fill_n(of_bias, outputs, 0.0f);
    for (int64_t row = 0; row < rows; row++)
      for (int64_t output = 0; output < outputs; output++) of_bias[output] += of_results[row * outputs + output];
    in_pieces(inputs, kInputs, [&](int64_t, int64_t begin, int64_t end) {
      const int64_t width = end - begin;
      float* gradient = d_matrix.data() + begin * outputs;
      std::fill_n(gradient, width * outputs, 0.0f);
      add_filter_place({x.data() + begin, inputs, 0, of_results, 1, rows, outputs, gradient}, width);
      thread_local Scratch memory;
      float* turned = memory.of(outputs * width);
      for (int64_t input = 0; input < width; input++)
        for (int64_t output = 0; output < outputs; output++) turned[output * width + input] = weights[(begin + input) * outputs + output];
      multiply_rows({of_results, rows, outputs, turned, outputs, width, dx.data() + begin, inputs});
    });
  }

 private:
  static constexpr int64_t kInputs = 32;
};

}  // namespace likeness
