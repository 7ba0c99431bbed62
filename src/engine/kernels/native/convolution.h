#pragma once

#include <algorithm>

#include "convolution-tiles.h"
#include "kernel.h"
#include "parallel.h"

namespace likeness {

/** A picture that is seen through windows of size x size: how far they go, and what 'same' padding puts around it. */
struct Windows {
  int64_t height, width, channels;
  int64_t rows, columns;
  int64_t size, stride;
  int64_t top, left;

  static Windows same(const std::vector<int64_t>& picture, int64_t size, int64_t stride) {
    const auto outputs = [&](int64_t side) { return (side + stride - 1) / stride; };
    const auto before = [&](int64_t side) { return std::max<int64_t>(0, (outputs(side) - 1) * stride + size - side) / 2; };
    return {picture[1], picture[2], picture[3], outputs(picture[1]), outputs(picture[2]), size, stride, before(picture[1]), before(picture[2])};
  }
  int64_t padded_height() const { return (rows - 1) * stride + size; }
  int64_t padded_width() const { return (columns - 1) * stride + size; }
  int64_t row_step() const { return padded_width() * channels; }
  int64_t pixel_step() const { return stride * channels; }

  /** Copies the picture into the middle of zeros; `padded` keeps its memory from picture to picture. */
  const float* pad(const float* picture, std::vector<float>& padded) const {
    padded.assign(padded_height() * row_step(), 0.0f);
    const int64_t columns_copied = std::min(width, padded_width() - left);
    for (int64_t row = 0; row < std::min(height, padded_height() - top); row++)
      std::copy_n(picture + row * width * channels, columns_copied * channels, padded.data() + (row + top) * row_step() + left * channels);
    return padded.data();
  }
};

/** One picture: y = the sum over the windows of x times the filter [size, size, inputs, outputs]. */
inline void convolve_picture(const Windows& windows, const float* picture, const float* filter, int64_t outputs, float* y) {
  thread_local std::vector<float> padded;
  const float* x = windows.pad(picture, padded);
  for (int64_t first = 0; first < outputs;) {
    const int64_t left = outputs - first;
    const int64_t vectors = left >= 4 * kLanes ? 4 : left >= 2 * kLanes ? 2 : 1;
    for (int64_t row = 0; row < windows.rows; row++) {
      const PixelTile at{x + row * windows.stride * windows.row_step(), windows.pixel_step(), windows.row_step(), filter + first,
                         windows.size, windows.channels, outputs, y + row * windows.columns * outputs + first};
      if (vectors == 4) convolve_row<4>(at, windows.columns);
      else if (vectors == 2) convolve_row<2>(at, windows.columns);
      else convolve_row<1>(at, windows.columns);
    }
    first += vectors * kLanes;
  }
}

inline void expect_filter(const Floats& x, const Floats& filter, int64_t stride) {
  expect(has_wide_registers(), "LikenessConvolve: this processor has no registers of 16 floats");
  expect(x.shape.size() == 4 && filter.shape.size() == 4 && filter.shape[0] == filter.shape[1] && filter.shape[2] == x.shape[3] && stride > 0,
         "LikenessConvolve: a batch of pictures and a filter [size, size, inputs, outputs] of as many inputs are wanted");
  expect(filter.shape[3] % kLanes == 0, "LikenessConvolve: the outputs must be a multiple of 16");
}

/** Inputs: x [batch, height, width, inputs], filter. Output: y, 'same' padding. */
class Convolve {
 public:
  explicit Convolve(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), filter = call.input(1);
    expect_filter(x, filter, stride_);
    const Windows windows = Windows::same(x.shape, filter.shape[0], stride_);
    const int64_t outputs = filter.shape[3];
    const Floats y = call.output(0, {x.shape[0], windows.rows, windows.columns, outputs});
    const int64_t of_x = windows.height * windows.width * windows.channels, of_y = windows.rows * windows.columns * outputs;
    in_pieces(x.shape[0], 1, [&](int64_t image, int64_t, int64_t) {
      convolve_picture(windows, x.data() + image * of_x, filter.data(), outputs, y.data() + image * of_y);
    });
  }

 private:
  int64_t stride_;
};

/** For stride 1. Inputs: dy, filter. Output: the gradient of x, a convolution of dy with the filter turned round. */
class ConvolveInputGradient {
 public:
  explicit ConvolveInputGradient(const Options&) {}

  void compute(const Call& call) const {
    const Floats dy = call.input(0), filter = call.input(1);
    const int64_t size = filter.shape[0], inputs = filter.shape[2], outputs = filter.shape[3];
    expect(has_wide_registers() && dy.shape.size() == 4 && dy.channels() == outputs && inputs % kLanes == 0,
           "LikenessConvolveInputGradient: the inputs must be a multiple of 16, and the filter must fit the gradient");
    std::vector<float> turned(filter.size());
    for (int64_t place = 0; place < size * size; place++)
      for (int64_t input = 0; input < inputs; input++)
        for (int64_t output = 0; output < outputs; output++)
          turned[((size * size - 1 - place) * outputs + output) * inputs + input] = filter.data()[(place * inputs + input) * outputs + output];
    Windows windows = Windows::same(dy.shape, size, 1);
    windows.top = size - 1 - windows.top;
    windows.left = size - 1 - windows.left;
    const Floats dx = call.output(0, {dy.shape[0], dy.shape[1], dy.shape[2], inputs});
    const int64_t pixels = dy.shape[1] * dy.shape[2];
    in_pieces(dy.shape[0], 1, [&](int64_t image, int64_t, int64_t) {
      convolve_picture(windows, dy.data() + image * pixels * outputs, turned.data(), inputs, dx.data() + image * pixels * inputs);
    });
  }
};

/** Inputs: x, dy, filter (for its shape). Output: the gradient of the filter. */
class ConvolveFilterGradient {
 public:
  explicit ConvolveFilterGradient(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), dy = call.input(1), filter = call.input(2);
    expect_filter(x, filter, stride_);
    expect(filter.shape[2] % kInputs == 0, "LikenessConvolveFilterGradient: the inputs must be a multiple of 16");
    const Windows windows = Windows::same(x.shape, filter.shape[0], stride_);
    const Floats gradient = call.output(0, filter.shape);
    const int64_t images = x.shape[0], size = gradient.size();
    // Sums of some pictures each, added up in their order whatever the number of threads.
    const int64_t at_once = std::max<int64_t>(1, (images + kParts - 1) / kParts), parts = (images + at_once - 1) / at_once;
    std::vector<float> sums(parts * size, 0.0f);
    in_pieces(images, at_once, [&](int64_t part, int64_t begin, int64_t end) {
      for (int64_t image = begin; image < end; image++) add_picture(windows, image, {&x, &dy}, filter.shape[3], sums.data() + part * size);
    });
    std::copy_n(sums.data(), size, gradient.data());
    for (int64_t part = 1; part < parts; part++)
      for (int64_t at = 0; at < size; at++) gradient.data()[at] += sums[part * size + at];
  }

 private:
  struct Pictures {
    const Floats* x;
    const Floats* dy;
  };

  static void add_picture(const Windows& windows, int64_t image, const Pictures& from, int64_t outputs, float* sums) {
    thread_local std::vector<float> padded;
    const float* x = windows.pad(from.x->data() + image * windows.height * windows.width * windows.channels, padded);
    const float* dy = from.dy->data() + image * windows.rows * windows.columns * outputs;
    for (int64_t i = 0; i < windows.size; i++)
      for (int64_t j = 0; j < windows.size; j++)
        for (int64_t input = 0; input < windows.channels; input += kInputs) {
          float* of_inputs = sums + ((i * windows.size + j) * windows.channels + input) * outputs;
          const float* first = x + i * windows.row_step() + j * windows.channels + input;
          for (int64_t output = 0; output < outputs; output += kLanes) {
            add_filter_tile<kInputs, 1>({first, windows.pixel_step(), windows.stride * windows.row_step(), dy + output, windows.rows,
                                         windows.columns, outputs, of_inputs + output});
          }
        }
  }

  static constexpr int kInputs = 16;
  static constexpr int64_t kParts = 8;

  int64_t stride_;
};

}  // namespace likeness
