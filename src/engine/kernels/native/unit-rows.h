#pragma once

#include "anchors.h"
#include "row-norms.h"

namespace likeness {

constexpr int64_t kRowsAtOnce = 32;

LIKENESS_CLONES inline void unit_rows(const float* x, int64_t rows, int64_t width, float* unit, float* norms) {
  row_norms(x, rows, width, norms);
  for (int64_t row = 0; row < rows; row++, x += width, unit += width) {
    const float inverse = norms[row] < kShortestRow ? 0 : 1 / norms[row];
    LIKENESS_APART
    for (int64_t c = 0; c < width; c++) unit[c] = x[c] * inverse;
  }
}

/** Input: x [rows, width]. Outputs: f = x / ‖x‖, a zero row as it is, and ‖x‖. */
class UnitRows {
 public:
  explicit UnitRows(const Options&) {}
  void compute(const Call& call) const {
    const Floats x = call.input(0);
    expect(x.shape.size() == 2, "LikenessUnitRows: a matrix is wanted");
    const int64_t width = x.channels();
    const Floats unit = call.output(0, x.shape), norms = call.output(1, {x.shape[0]});
    in_pieces(x.shape[0], kRowsAtOnce, [&](int64_t, int64_t begin, int64_t end) {
      unit_rows(x.data() + begin * width, end - begin, width, unit.data() + begin * width, norms.data() + begin);
    });
  }
};

LIKENESS_CLONES inline void unit_rows_gradient(const float* dy, const float* unit, const float* norms, int64_t rows, int64_t width, float* dx) {
  for (int64_t row = 0; row < rows; row++, dy += width, unit += width, dx += width) {
    const float inverse = norms[row] < kShortestRow ? 0 : 1 / norms[row];
    float radial = 0;
#pragma omp simd reduction(+ : radial)
    for (int64_t c = 0; c < width; c++) radial += dy[c] * unit[c];
    LIKENESS_APART
    for (int64_t c = 0; c < width; c++) dx[c] = (dy[c] - radial * unit[c]) * inverse;
  }
}

/** Inputs: ∂L/∂f, f, ‖x‖. Output: ∂L/∂x = (g − (g·f) f) / ‖x‖, 0 for a zero row. */
class UnitRowsGradient {
 public:
  explicit UnitRowsGradient(const Options&) {}
  void compute(const Call& call) const {
    const Floats dy = call.input(0), unit = call.input(1), norms = call.input(2);
    expect(unit.shape.size() == 2 && dy.size() == unit.size() && norms.size() == unit.shape[0], "LikenessUnitRowsGradient: a gradient as large as the rows and a norm for each are wanted");
    const int64_t width = unit.channels();
    const Floats dx = call.output(0, unit.shape);
    in_pieces(unit.shape[0], kRowsAtOnce, [&](int64_t, int64_t begin, int64_t end) {
      unit_rows_gradient(dy.data() + begin * width, unit.data() + begin * width, norms.data() + begin, end - begin, width, dx.data() + begin * width);
    });
  }
};

}  // namespace likeness
