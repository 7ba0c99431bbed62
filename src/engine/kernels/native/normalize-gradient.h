#pragma once

#include "normalize.h"

namespace likeness {

/** How the gradient comes through the activation. */
enum class Through { kAll, kPositive, kShown, kPrelu };

/** Some of dy, x, and y where the activation is seen in it only (the sum with a shortcut). */
struct GradientRows {
  const float* dy;
  const float* x;
  const float* y;
  int64_t length;
  int64_t width;

  void next() {
    dy += width;
    x += width;
    y += width;
    length -= width;
  }
  int64_t columns() const { return std::min(width, length); }
};

template <Through through>
LIKENESS_INLINE float through_activation(const GradientRows& at, int64_t c, const Affine& by) {
  const float dy = at.dy[c];
  if (through == Through::kAll) return dy;
  if (through == Through::kShown) return at.y[c] > 0 ? dy : 0;
  const float before = by.gain[c] * at.x[c] + by.bias[c];
  if (through == Through::kPositive) return before > 0 ? dy : 0;
  const float bent = by.slope[c] * dy;
  return before > 0 ? dy : bent;
}

/** Adds to sums [3, width]: dz; dz (x - mean); and, for PReLU, what the slope gets. */
template <Through through>
LIKENESS_INLINE void add_gradient_sums(GradientRows at, const Affine& by, const float* mean, float* sums) {
  float* __restrict first = sums;
  float* __restrict second = sums + at.width;
  float* __restrict third = sums + 2 * at.width;
  for (; at.length > 0; at.next()) {
    const int64_t columns = at.columns();
    LIKENESS_APART
    for (int64_t c = 0; c < columns; c++) {
      const float dz = through_activation<through>(at, c, by);
      first[c] += dz;
      second[c] += dz * (at.x[c] - mean[c]);
      if (through == Through::kPrelu) {
        const float before = by.gain[c] * at.x[c] + by.bias[c];
        const float given = at.dy[c] * before;
        third[c] += before > 0 ? 0 : given;
      }
    }
  }
}

LIKENESS_CLONES inline void gradient_sums(Through through, const GradientRows& at, const Affine& by, const float* mean, float* sums) {
  switch (through) {
    case Through::kAll: return add_gradient_sums<Through::kAll>(at, by, mean, sums);
    case Through::kPositive: return add_gradient_sums<Through::kPositive>(at, by, mean, sums);
    case Through::kShown: return add_gradient_sums<Through::kShown>(at, by, mean, sums);
    case Through::kPrelu: return add_gradient_sums<Through::kPrelu>(at, by, mean, sums);
  }
}

/** dx = p dz + q x + r, vectors [width]. */
struct Backward {
  const float* p;
  const float* q;
  const float* r;
};

template <Through through>
LIKENESS_INLINE void write_gradient(GradientRows at, const Affine& by, const Backward& to, float* __restrict dx, float* __restrict shortcut) {
  for (; at.length > 0; at.next(), dx += at.width, shortcut += through == Through::kShown ? at.width : 0) {
    const int64_t columns = at.columns();
    LIKENESS_APART
    for (int64_t c = 0; c < columns; c++) {
      const float dz = through_activation<through>(at, c, by);
      dx[c] = to.p[c] * dz + to.q[c] * at.x[c] + to.r[c];
      if (through == Through::kShown) shortcut[c] = dz;
    }
  }
}

LIKENESS_CLONES inline void gradient_rows(Through through, const GradientRows& at, const Affine& by, const Backward& to, float* dx, float* shortcut) {
  switch (through) {
    case Through::kAll: return write_gradient<Through::kAll>(at, by, to, dx, shortcut);
    case Through::kPositive: return write_gradient<Through::kPositive>(at, by, to, dx, shortcut);
    case Through::kShown: return write_gradient<Through::kShown>(at, by, to, dx, shortcut);
    case Through::kPrelu: return write_gradient<Through::kPrelu>(at, by, to, dx, shortcut);
  }
}

/**
 * Inputs: dy, x, y, scale, offset, mean and inverse deviation of the batch, slope or [0]. Outputs: gradients of x, scale, offset, slope
 * (or [0]) and shortcut (or [0]: where there is no activation it is dy itself).
 */
class NormalizeGradient {
 public:
  explicit NormalizeGradient(const Options& options)
      : activation_(static_cast<Activation>(options.integer("activation"))), adds_(options.integer("adds") != 0) {}

  void compute(const Call& call) const {
    const Floats dy = call.input(0), x = call.input(1), y = call.input(2), scale = call.input(3), offset = call.input(4);
    const Floats mean = call.input(5), inverse = call.input(6), slope = call.input(7);
    const int64_t rows = x.rows(), channels = x.channels();
    expect(rows > 0 && dy.size() == x.size() && y.size() == x.size(), "LikenessNormalizeGradient: dy, x and y must be of one size");
    expect(scale.size() == channels && offset.size() == channels && mean.size() == channels && inverse.size() == channels,
           "LikenessNormalizeGradient: the vectors must have a value a channel");
    expect(activation_ != Activation::kPrelu || slope.size() == channels, "LikenessNormalizeGradient: PReLU wants a slope a channel");
    const Through through = how_through();
    const std::vector<int64_t> vector{channels}, none{0};
    const Floats dx = call.output(0, x.shape), d_scale = call.output(1, vector), d_offset = call.output(2, vector);
    const Floats d_slope = call.output(3, through == Through::kPrelu ? vector : none);
    const Floats d_shortcut = call.output(4, through == Through::kShown ? x.shape : none);

    std::vector<float> gain(channels), bias(channels);
    for (int64_t c = 0; c < channels; c++) {
      gain[c] = scale.data()[c] * inverse.data()[c];
      bias[c] = offset.data()[c] - gain[c] * mean.data()[c];
    }
    const Rows all(rows, channels);
    const std::vector<float> gains = all.repeated(gain.data()), biases = all.repeated(bias.data()), means = all.repeated(mean.data());
    const std::vector<float> slopes = through == Through::kPrelu ? all.repeated(slope.data()) : std::vector<float>();
    const Affine by{gains.data(), biases.data(), slopes.data()};
    const auto rows_at = [&](int64_t begin, int64_t end) {
      return GradientRows{dy.data() + begin, x.data() + begin, y.data() + begin, end - begin, all.width};
    };
    PieceSums sums(all, 3);
    in_pieces(all.length, all.piece(), [&](int64_t piece, int64_t begin, int64_t end) {
      gradient_sums(through, rows_at(begin, end), by, means.data(), sums.of(piece));
    });
    const std::vector<double> total = sums.total();
    std::vector<float> p(channels), q(channels), r(channels);
    for (int64_t c = 0; c < channels; c++) {
      const double inverse_deviation = inverse.data()[c], by_mean = total[c] / rows;
      const double by_deviation = inverse_deviation * inverse_deviation * total[channels + c] / rows;
      p[c] = gain[c];
      q[c] = static_cast<float>(-gain[c] * by_deviation);
      r[c] = static_cast<float>(gain[c] * (by_deviation * mean.data()[c] - by_mean));
      d_scale.data()[c] = static_cast<float>(total[channels + c] * inverse_deviation);
      d_offset.data()[c] = static_cast<float>(total[c]);
      if (through == Through::kPrelu) d_slope.data()[c] = static_cast<float>(total[2 * channels + c]);
    }
    const std::vector<float> ps = all.repeated(p.data()), qs = all.repeated(q.data()), rs = all.repeated(r.data());
    const Backward to{ps.data(), qs.data(), rs.data()};
    in_pieces(all.length, all.piece(), [&](int64_t, int64_t begin, int64_t end) {
      gradient_rows(through, rows_at(begin, end), by, to, dx.data() + begin, through == Through::kShown ? d_shortcut.data() + begin : nullptr);
    });
  }

 private:
  Through how_through() const {
    if (activation_ == Activation::kNone) return Through::kAll;
    if (activation_ == Activation::kPrelu) return Through::kPrelu;
    return adds_ ? Through::kShown : Through::kPositive;
  }

  Activation activation_;
  bool adds_;
};

}  // namespace likeness
