#pragma once

#include <algorithm>

#include "convolution-tiles.h"
#include "kernel.h"
#include "parallel.h"
#include "winograd-convolution.h"

namespace likeness {

/** Rows of zeros above and below, floats of zeros to the left and right. */
struct Border {
  int64_t top, left, bottom, right;

  Border times(int64_t channels) const { return {top, left * channels, bottom, right * channels}; }
  bool is_none() const { return top == 0 && left == 0 && bottom == 0 && right == 0; }
};

struct Source {
  int64_t rows;
  /** Floats that are taken of each row, and from a row to the next. */
  int64_t taken, step;
};

/** The rows within zeros, in `memory`, which is kept from picture to picture; or where they are, when nothing is to be done. */
inline const float* with_border(const float* rows, const Source& source, const Border& border, std::vector<float>& memory) {
  if (border.is_none() && source.taken == source.step) return rows;
  const int64_t step = border.left + source.taken + border.right;
  memory.resize((border.top + source.rows + border.bottom) * step);
  float* target = std::fill_n(memory.data(), border.top * step, 0.0f);
  for (int64_t row = 0; row < source.rows; row++, rows += source.step) {
    target = std::fill_n(target, border.left, 0.0f);
    target = std::copy_n(rows, source.taken, target);
    target = std::fill_n(target, border.right, 0.0f);
  }
  std::fill_n(target, border.bottom * step, 0.0f);
  return memory.data();
}

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

  /** The part of the picture that is seen, in the middle of zeros. */
  const float* pad(const float* picture, std::vector<float>& padded) const {
    const int64_t rows_seen = std::min(height, padded_height() - top), columns_seen = std::min(width, padded_width() - left);
    const Border border{top, left, padded_height() - top - rows_seen, padded_width() - left - columns_seen};
    return with_border(picture, {rows_seen, columns_seen * channels, width * channels}, border.times(channels), padded);
  }
};

/** A filter [height, width, inputs, outputs], and which of the pixels of the result it computes. */
struct Pass {
  const float* filter;
  int64_t height, width, inputs, outputs;
  /** Rows and columns of the windows, and from one to the next in the padded picture, in floats. */
  int64_t rows, columns, x_row, x_column;
  /** In the result, in floats. */
  int64_t y_row, y_column;
};

/** The sum over the windows of `x` times the filter. `row_step` leads from a row of x to the next. */
inline void convolve_pass(const Pass& pass, const float* x, int64_t row_step, float* y) {
  for (int64_t first = 0, width; first < pass.outputs; first += width) {
    width = strip_width(pass.outputs - first);
    for (int64_t row = 0; row < pass.rows; row++)
      convolve_strip_row({x + row * pass.x_row, pass.x_column, row_step, pass.filter + first, pass.height, pass.width, pass.inputs, pass.outputs,
                          y + row * pass.y_row + first, pass.y_column},
                         width, pass.columns);
  }
}

inline void expect_filter(const Floats& x, const Floats& filter, int64_t stride) {
  expect(has_wide_registers(), "LikenessConvolve: this processor has no registers of 16 floats");
  expect(x.shape.size() == 4 && filter.shape.size() == 4 && filter.shape[0] == filter.shape[1] && filter.shape[2] == x.shape[3] && stride > 0,
         "LikenessConvolve: a batch of pictures and a filter [size, size, inputs, outputs] of as many inputs are wanted");
  expect(filter.shape[3] % kLanes == 0, "LikenessConvolve: the outputs must be a multiple of 16");
}

inline Pictures pictures(const Floats& tensor) { return {tensor.data(), tensor.shape[1], tensor.shape[2], tensor.shape[3]}; }

inline Filter filter_of(const Floats& tensor) { return {tensor.data(), tensor.shape[2], tensor.shape[3]}; }

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
    if (fits_tiles(pictures(x), windows.size, stride_, outputs)) return convolve_tiles(pictures(x), filter_of(filter), x.shape[0], pictures(y));
    const int64_t of_x = windows.height * windows.width * windows.channels, of_y = windows.rows * windows.columns * outputs;
    const Pass pass{filter.data(), windows.size, windows.size, windows.channels, outputs, windows.rows, windows.columns,
                    stride_ * windows.row_step(), windows.pixel_step(), windows.columns * outputs, outputs};
    in_pieces(x.shape[0], 1, [&](int64_t image, int64_t, int64_t) {
      thread_local std::vector<float> padded;
      convolve_pass(pass, windows.pad(x.data() + image * of_x, padded), windows.row_step(), y.data() + image * of_y);
    });
  }

 private:
  int64_t stride_;
};

/**
 * Inputs: dy, filter, x (for its shape). Output: the gradient of x. A pixel of x was seen through the places of the filter that lie a
 * multiple of the stride apart, so with stride 2 there are four kinds of pixels, each a convolution of dy with its part of the filter.
 */
class ConvolveInputGradient {
 public:
  explicit ConvolveInputGradient(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats dy = call.input(0), filter = call.input(1), x = call.input(2);
    expect_filter(x, filter, stride_);
    const int64_t size = filter.shape[0], inputs = filter.shape[2], outputs = filter.shape[3];
    const Windows windows = Windows::same(x.shape, size, stride_);
    expect(inputs % kLanes == 0 && dy.size() == x.shape[0] * windows.rows * windows.columns * outputs,
           "LikenessConvolveInputGradient: the inputs must be a multiple of 16, and dy must be as large as the result");
    const Floats dx = call.output(0, x.shape);
    if (fits_tiles(pictures(x), size, stride_, outputs)) return picture_gradient_tiles(pictures(dy), filter_of(filter), x.shape[0], pictures(dx));
    // So far a pixel was seen from beyond the sides of dy: through the last place of the filter, or through its first.
    const auto beyond = [&](int64_t places) { return (places + stride_ - 1) / stride_; };
    const Border border{beyond(size - 1 - windows.top), beyond(size - 1 - windows.left), beyond(windows.top), beyond(windows.left)};
    const int64_t row_step = (border.left + windows.columns + border.right) * outputs;
    std::vector<Kind> kinds;
    for (int64_t row = 0; row < std::min(stride_, windows.height); row++)
      for (int64_t column = 0; column < std::min(stride_, windows.width); column++)
        kinds.push_back(kind_of({along(row, windows.top, size), along(column, windows.left, size)}, {row, column, border.top, border.left, row_step}, windows, filter));
    const int64_t of_x = windows.height * windows.width * inputs, of_dy = windows.rows * windows.columns * outputs;
    in_pieces(x.shape[0], 1, [&](int64_t image, int64_t, int64_t) {
      thread_local std::vector<float> padded;
      const Source rows{windows.rows, windows.columns * outputs, windows.columns * outputs};
      const float* within = with_border(dy.data() + image * of_dy, rows, border.times(outputs), padded);
      for (const Kind& kind : kinds) convolve_pass(kind.pass, within + kind.first_x, row_step, dx.data() + image * of_x + kind.first_y);
    });
  }

 private:
  /** The places of the filter through which pixels of one kind are seen, along one side: the last first, as dy goes by. */
  struct Along {
    std::vector<int64_t> places;
    /** The pixel of dy that saw the first pixel of this kind through the first of them. */
    int64_t first;
  };
  struct Sides {
    Along rows, columns;
  };
  struct Corner {
    int64_t row, column, top, left, row_step;
  };
  struct Kind {
    std::vector<float> turned;
    Pass pass;
    int64_t first_x, first_y;
  };

  Along along(int64_t pixel, int64_t before, int64_t size) const {
    Along found{{}, 0};
    for (int64_t place = size - 1; place >= 0; place--) {
      if ((pixel + before - place) % stride_ != 0) continue;
      if (found.places.empty()) found.first = (pixel + before - place) / stride_;
      found.places.push_back(place);
    }
    return found;
  }

  Kind kind_of(const Sides& sides, const Corner& corner, const Windows& windows, const Floats& filter) const {
    const int64_t inputs = filter.shape[2], outputs = filter.shape[3];
    Kind kind;
    kind.turned.resize(sides.rows.places.size() * sides.columns.places.size() * inputs * outputs);
    const float* weights = filter.data();
    float* turned = kind.turned.data();
    for (const int64_t i : sides.rows.places)
      for (const int64_t j : sides.columns.places)
        for (int64_t output = 0; output < outputs; output++)
          for (int64_t input = 0; input < inputs; input++) *turned++ = weights[((i * windows.size + j) * inputs + input) * outputs + output];
    const auto pixels = [&](int64_t side, int64_t first) { return (side - first + stride_ - 1) / stride_; };
    kind.pass = {kind.turned.data(), static_cast<int64_t>(sides.rows.places.size()), static_cast<int64_t>(sides.columns.places.size()), outputs, inputs,
                 pixels(windows.height, corner.row), pixels(windows.width, corner.column), corner.row_step, outputs, stride_ * windows.width * inputs, stride_ * inputs};
    kind.first_x = (sides.rows.first + corner.top) * corner.row_step + (sides.columns.first + corner.left) * outputs;
    kind.first_y = (corner.row * windows.width + corner.column) * inputs;
    return kind;
  }

  int64_t stride_;
};

/** Inputs: x, dy, filter (for its shape). Output: the gradient of the filter. */
class ConvolveFilterGradient {
 public:
  explicit ConvolveFilterGradient(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), dy = call.input(1), filter = call.input(2);
    expect_filter(x, filter, stride_);
    const Windows windows = Windows::same(x.shape, filter.shape[0], stride_);
    const Floats gradient = call.output(0, filter.shape);
    if (fits_tiles(pictures(x), windows.size, stride_, filter.shape[3]))
      return filter_gradient_tiles(pictures(x), pictures(dy), x.shape[0], filter_of(filter), gradient.data());
    const int64_t images = x.shape[0], size = gradient.size();
    // Sums of some pictures each, added up in their order whatever the number of threads.
    const int64_t at_once = std::max<int64_t>(1, (images + kParts - 1) / kParts), parts = (images + at_once - 1) / at_once;
    Scratch memory;
    float* sums = memory.of(parts * size);
    in_pieces(images, at_once, [&](int64_t part, int64_t begin, int64_t end) {
      std::fill_n(sums + part * size, size, 0.0f);
      for (int64_t image = begin; image < end; image++) add_picture(windows, image, {&x, &dy}, filter.shape[3], sums + part * size);
    });
    add_parts(sums, size, size, parts);
    std::copy_n(sums, size, gradient.data());
  }

 private:
  struct Both {
    const Floats* x;
    const Floats* dy;
  };

  static void add_picture(const Windows& windows, int64_t image, const Both& from, int64_t outputs, float* sums) {
    thread_local std::vector<float> padded;
    const float* x = windows.pad(from.x->data() + image * windows.height * windows.width * windows.channels, padded);
    const float* dy = from.dy->data() + image * windows.rows * windows.columns * outputs;
    const int64_t inputs = windows.size * windows.channels;
    for (int64_t i = 0; i < windows.size; i++)
      add_filter_place({x + i * windows.row_step(), windows.pixel_step(), windows.stride * windows.row_step(), dy, windows.rows, windows.columns, outputs,
                        sums + i * inputs * outputs}, inputs);
  }

  static constexpr int64_t kParts = 8;

  int64_t stride_;
};

}  // namespace likeness
