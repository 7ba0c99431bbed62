#pragma once

#include <algorithm>

#include "kernel.h"
#include "parallel.h"

namespace likeness {

/** Pixels 0, n, 2n, ... of rows 0, n, 2n, ...: [batch, height, width, channels] to [batch, height / n, width / n, channels], rounded up. */
class EveryNth {
 public:
  explicit EveryNth(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0);
    expect(x.shape.size() == 4 && stride_ > 0, "LikenessEveryNth: a batch of pictures and a stride above 0 are wanted");
    const Floats y = call.output(0, {x.shape[0], (x.shape[1] + stride_ - 1) / stride_, (x.shape[2] + stride_ - 1) / stride_, x.shape[3]});
    const int64_t channels = x.channels();
    in_pieces(y.shape[0] * y.shape[1], std::max<int64_t>(1, y.shape[1]), [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) {
        const float* source = x.data() + (row / y.shape[1] * x.shape[1] + row % y.shape[1] * stride_) * x.shape[2] * channels;
        float* target = y.data() + row * y.shape[2] * channels;
        for (int64_t column = 0; column < y.shape[2]; column++, source += stride_ * channels, target += channels) std::copy(source, source + channels, target);
      }
    });
  }

 private:
  int64_t stride_;
};

/** Inputs: x, for its shape, and dy. The pixels between get 0. */
class EveryNthGradient {
 public:
  explicit EveryNthGradient(const Options& options) : stride_(options.integer("stride")) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), dy = call.input(1);
    expect(x.shape.size() == 4 && dy.shape.size() == 4 && stride_ > 0 && dy.shape[0] == x.shape[0] && dy.channels() == x.channels() &&
               dy.shape[1] == (x.shape[1] + stride_ - 1) / stride_ && dy.shape[2] == (x.shape[2] + stride_ - 1) / stride_,
           "LikenessEveryNthGradient: dy does not fit x and the stride");
    const Floats dx = call.output(0, x.shape);
    const int64_t channels = x.channels(), of_row = x.shape[2] * channels;
    in_pieces(x.shape[0] * x.shape[1], std::max<int64_t>(1, x.shape[1]), [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) {
        float* target = dx.data() + row * of_row;
        std::fill(target, target + of_row, 0.0f);
        if (row % x.shape[1] % stride_ != 0) continue;
        const float* source = dy.data() + (row / x.shape[1] * dy.shape[1] + row % x.shape[1] / stride_) * dy.shape[2] * channels;
        for (int64_t column = 0; column < dy.shape[2]; column++, source += channels, target += stride_ * channels) std::copy(source, source + channels, target);
      }
    });
  }

 private:
  int64_t stride_;
};

}  // namespace likeness
