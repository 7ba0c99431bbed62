#pragma once

#include <cmath>

#include "kernel.h"
#include "parallel.h"

namespace likeness {

LIKENESS_CLONES inline void row_norms(const float* x, int64_t rows, int64_t width, float* norms) {
  for (int64_t row = 0; row < rows; row++, x += width) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < width; c++) sum += x[c] * x[c];
    norms[row] = std::sqrt(sum);
  }
}

/** Input: x [rows, width]. Output: the Euclidean length of each row. */
class RowNorms {
 public:
  explicit RowNorms(const Options&) {}
  void compute(const Call& call) const {
    const Floats x = call.input(0);
    expect(x.shape.size() == 2, "LikenessRowNorms: a matrix is wanted");
    const int64_t width = x.channels();
    const Floats norms = call.output(0, {x.shape[0]});
    in_pieces(x.shape[0], kRows, [&](int64_t, int64_t begin, int64_t end) { row_norms(x.data() + begin * width, end - begin, width, norms.data() + begin); });
  }

 private:
  static constexpr int64_t kRows = 32;
};

}  // namespace likeness
