#pragma once

#include <algorithm>
#include <vector>

#include "block-tiles.h"
#include "convolution.h"
#include "kernel.h"
#include "parallel.h"

namespace likeness {

/**
 * A block of a small network (MobileNet's kind) in inference, in one pass: a filter of 3 x 3 for each channel (when there is one), a
 * convolution, a shortcut, an activation. What the first gives never leaves the cache.
 *
 * Inputs: x [batch, height, width, channels]; depthwise filter [3, 3, channels, 1], or empty; its bias and slope [channels]; filter
 * [size, size, channels, outputs], of size 1 after a depthwise filter; bias and slope [outputs]; shortcut [batch, rows, columns, at most
 * outputs], or empty: channels it does not have are 0. Padding is 'same'; the stride belongs to the first of the two.
 */
class Block {
 public:
  explicit Block(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), depthwise = call.input(1), depthwise_bias = call.input(2), depthwise_slope = call.input(3);
    const Floats filter = call.input(4), bias = call.input(5), slope = call.input(6), shortcut = call.input(7);
    const bool has_depthwise = depthwise.size() > 0;
    expect(has_block_registers(), "LikenessBlock: this processor has no registers of 16 floats");
    expect(x.shape.size() == 4 && filter.shape.size() == 4 && filter.shape[0] == filter.shape[1] && filter.shape[2] == x.channels() && stride_ > 0,
           "LikenessBlock: a batch of pictures and a filter [size, size, inputs, outputs] of as many inputs are wanted");
    const int64_t outputs = filter.shape[3], channels = x.channels();
    const Windows windows = Windows::same(x.shape, has_depthwise ? 3 : filter.shape[0], stride_);
    const int64_t pixels = x.shape[0] * windows.rows * windows.columns;
    const int64_t added = shortcut.size() == 0 ? 0 : shortcut.channels();
    expect(outputs % 8 == 0 && bias.size() == outputs && slope.size() == outputs, "LikenessBlock: outputs are a multiple of 8, with a bias and a slope each");
    expect(!has_depthwise || (filter.shape[0] == 1 && channels % 8 == 0 && depthwise.size() == 9 * channels && depthwise_bias.size() == channels &&
                              depthwise_slope.size() == channels),
           "LikenessBlock: a depthwise filter is [3, 3, channels, 1], with a bias and a slope for each of a multiple of 8 channels");
    expect(added == 0 || (added % 8 == 0 && added <= outputs && shortcut.size() == pixels * added), "LikenessBlock: the shortcut does not fit the result");
    const Floats y = call.output(0, {x.shape[0], windows.rows, windows.columns, outputs});
    const Product whole{x.data(), filter.data(), filter.shape[0] * filter.shape[0] * channels, outputs, {bias.data(), slope.data()}, shortcut.data(), added, y.data()};
    const auto part = [whole](const float* source, int64_t pixel, int64_t count) {
      Product product = whole;
      product.x = source;
      product.shortcut += pixel * product.added;
      product.y += pixel * product.outputs;
      multiply(product, count);
    };
    if (windows.size == 1 && stride_ == 1) {
      return in_pieces(pixels, kPixels, [&](int64_t, int64_t begin, int64_t end) { part(x.data() + begin * channels, begin, end - begin); });
    }
    const int64_t strip = std::max<int64_t>(1, kPixels / windows.columns);
    in_pieces(x.shape[0] * windows.rows, strip, [&](int64_t, int64_t begin, int64_t end) {
      thread_local std::vector<float> seen, zeros;
      seen.resize(strip * windows.columns * whole.inputs);
      zeros.assign(windows.width * channels, 0.0f);
      float* target = seen.data();
      for (int64_t row = begin; row < end; row++, target += windows.columns * whole.inputs) {
        std::vector<const float*> rows(windows.size);
        const float* picture = x.data() + row / windows.rows * windows.height * windows.width * channels;
        for (int64_t i = 0; i < windows.size; i++) {
          const int64_t from = row % windows.rows * stride_ - windows.top + i;
          rows[i] = from < 0 || from >= windows.height ? zeros.data() : picture + from * windows.width * channels;
        }
        const WindowRow at{rows.data(), windows.size, stride_, windows.left, windows.width, channels, windows.columns};
        if (has_depthwise) filter_channels(at, depthwise.data(), {depthwise_bias.data(), depthwise_slope.data()}, target);
        else gather_windows(at, target);
      }
      part(seen.data(), begin * windows.columns, (end - begin) * windows.columns);
    });
  }

 private:
  /** So many pixels, about, are worked on at a time: enough to use the filter well, few enough to stay in the cache. */
  static constexpr int64_t kPixels = 56;

  int64_t stride_;
};

}  // namespace likeness
