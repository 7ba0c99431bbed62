#pragma once

#include <algorithm>

#include "kernel.h"
#include "parallel.h"

namespace likeness {

/** One output pixel: its gradient goes to the first of its window that holds the maximum. */
LIKENESS_CLONES inline void give_to_maximum(const float* x, const float* y, int64_t channels, float* __restrict left, float* __restrict dx) {
  for (int64_t c = 0; c < channels; c++) {
    const float given = x[c] == y[c] ? left[c] : 0;
    dx[c] += given;
    left[c] -= given;
  }
}

/** Inputs: x [batch, height, width, channels], y (its maxima, 'same' padding), dy. Output: the gradient of x. */
class MaxPoolGradient {
 public:
  explicit MaxPoolGradient(const Options& options) : size_(options.integer("size")), stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), y = call.input(1), dy = call.input(2);
    expect(x.shape.size() == 4 && y.shape.size() == 4 && dy.size() == y.size() && x.shape[0] == y.shape[0] && x.channels() == y.channels(),
           "LikenessMaxPoolGradient: x, y and dy must be pictures of one batch");
    const Floats dx = call.output(0, x.shape);
    in_pieces(x.shape[0], 1, [&](int64_t image, int64_t, int64_t) { one_image(image, x, y, dy, dx); });
  }

 private:
  void one_image(int64_t image, const Floats& x, const Floats& y, const Floats& dy, const Floats& dx) const {
    const int64_t height = x.shape[1], width = x.shape[2], channels = x.shape[3], rows = y.shape[1], columns = y.shape[2];
    const int64_t top = pad(rows, height), left_side = pad(columns, width);
    const int64_t of_image = height * width * channels;
    const float* source = x.data() + image * of_image;
    float* target = dx.data() + image * of_image;
    std::fill(target, target + of_image, 0.0f);
    std::vector<float> left(channels);
    for (int64_t row = 0; row < rows; row++)
      for (int64_t column = 0; column < columns; column++) {
        const int64_t at = ((image * rows + row) * columns + column) * channels;
        std::copy(dy.data() + at, dy.data() + at + channels, left.begin());
        const int64_t first_row = row * stride_ - top, first_column = column * stride_ - left_side;
        for (int64_t i = std::max<int64_t>(0, first_row); i < std::min(height, first_row + size_); i++)
          for (int64_t j = std::max<int64_t>(0, first_column); j < std::min(width, first_column + size_); j++) {
            const int64_t pixel = (i * width + j) * channels;
            give_to_maximum(source + pixel, y.data() + at, channels, left.data(), target + pixel);
          }
      }
  }

  /** What 'same' puts before the first pixel. */
  int64_t pad(int64_t outputs, int64_t inputs) const { return std::max<int64_t>(0, (outputs - 1) * stride_ + size_ - inputs) / 2; }

  int64_t size_;
  int64_t stride_;
};

}  // namespace likeness
