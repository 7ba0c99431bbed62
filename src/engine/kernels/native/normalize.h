#pragma once

#include <algorithm>
#include <cmath>

#include "kernel.h"
#include "parallel.h"

// Batch normalisation by the statistics of the batch (Ioffe and Szegedy 2015), with what follows it in a network: nothing, ReLU or
// PReLU, and before that the sum with a shortcut. One pass over memory for the statistics, one for the result; as many back.
namespace likeness {

enum class Activation : int64_t { kNone = 0, kRelu = 1, kPrelu = 2 };

/**
 * How rows of few channels are gone through: several at once, as one of `width` numbers, with the vectors of the channels repeated as
 * often. A loop over 16 channels would spend its time on beginning and ending.
 */
class Rows {
 public:
  Rows(int64_t rows, int64_t channels) : channels(channels), width(channels * std::max<int64_t>(1, kWidth / channels)), length(rows * channels) {}
  /** About 64 kB of float: small beside the cache of a core, and enough pieces that all threads end together. */
  int64_t piece() const { return width * std::max<int64_t>(1, kPiece / width); }
  std::vector<float> repeated(const float* vector) const {
    std::vector<float> wide(width);
    for (int64_t at = 0; at < width; at++) wide[at] = vector[at % channels];
    return wide;
  }

  int64_t channels;
  int64_t width;
  int64_t length;

 private:
  static constexpr int64_t kWidth = 256;
  static constexpr int64_t kPiece = 16384;
};

LIKENESS_CLONES inline void add_row(const float* row, int64_t count, double* sums) {
  LIKENESS_APART
  for (int64_t at = 0; at < count; at++) sums[at] += row[at];
}

/** `kinds` sums for each channel: of each piece by itself, then added up in the order of the pieces. */
class PieceSums {
 public:
  PieceSums(const Rows& rows, int64_t kinds)
      : rows_(rows), kinds_(kinds), pieces_((rows.length + rows.piece() - 1) / rows.piece()), sums_(pieces_ * kinds * rows.width, 0.0f) {}
  /** [kinds, width] */
  float* of(int64_t piece) { return sums_.data() + piece * kinds_ * rows_.width; }
  /** [kinds, channels] */
  std::vector<double> total() const {
    std::vector<double> total(kinds_ * rows_.channels, 0.0);
    const float* sums = sums_.data();
    for (int64_t piece = 0; piece < pieces_; piece++)
      for (int64_t kind = 0; kind < kinds_; kind++)
        for (int64_t row = 0; row < rows_.width; row += rows_.channels, sums += rows_.channels) add_row(sums, rows_.channels, total.data() + kind * rows_.channels);
    return total;
  }

 private:
  Rows rows_;
  int64_t kinds_;
  int64_t pieces_;
  std::vector<float> sums_;
};

/** Sums and squares of x - shift, [2, width]. The shift keeps the digits of a variance that is small beside the mean. */
LIKENESS_CLONES inline void add_moments(const float* x, int64_t length, int64_t width, const float* shift, float* sums) {
  float* __restrict first = sums;
  float* __restrict second = sums + width;
  for (; length > 0; length -= width, x += width) {
    const int64_t columns = std::min(width, length);
    LIKENESS_APART
    for (int64_t c = 0; c < columns; c++) {
      const float d = x[c] - shift[c];
      first[c] += d;
      second[c] += d * d;
    }
  }
}

/** Vectors [width]: the result is f(gain x + bias + shortcut). */
struct Affine {
  const float* gain;
  const float* bias;
  const float* slope;
};

template <Activation activation, bool adds>
LIKENESS_INLINE void apply_rows(const float* x, const float* shortcut, int64_t length, int64_t width, const Affine& by, float* __restrict y) {
  for (; length > 0; length -= width, x += width, y += width, shortcut += adds ? width : 0) {
    const int64_t columns = std::min(width, length);
    LIKENESS_APART
    for (int64_t c = 0; c < columns; c++) {
      float value = by.gain[c] * x[c] + by.bias[c];
      if (adds) value += shortcut[c];
      if (activation == Activation::kRelu) value = value > 0 ? value : 0;
      if (activation == Activation::kPrelu) {
        const float bent = by.slope[c] * value;
        value = value > 0 ? value : bent;
      }
      y[c] = value;
    }
  }
}

LIKENESS_CLONES inline void apply(Activation activation, const float* x, const float* shortcut, int64_t length, int64_t width, const Affine& by, float* y) {
  const bool adds = shortcut != nullptr;
  if (activation == Activation::kPrelu) apply_rows<Activation::kPrelu, false>(x, shortcut, length, width, by, y);
  else if (activation == Activation::kRelu && adds) apply_rows<Activation::kRelu, true>(x, shortcut, length, width, by, y);
  else if (activation == Activation::kRelu) apply_rows<Activation::kRelu, false>(x, shortcut, length, width, by, y);
  else if (adds) apply_rows<Activation::kNone, true>(x, shortcut, length, width, by, y);
  else apply_rows<Activation::kNone, false>(x, shortcut, length, width, by, y);
}

class NormalizeOptions {
 public:
  explicit NormalizeOptions(const Options& options)
      : epsilon(options.number("epsilon")), share(options.number("share")), activation(static_cast<Activation>(options.integer("activation"))) {}
  float epsilon;
  /** Of the batch in the running statistics. */
  float share;
  Activation activation;
};

/** Inputs: x, scale, offset, mean, variance (running), slope or [0], shortcut or [0]. */
class Normalize {
 public:
  explicit Normalize(const Options& options) : options_(options) {}

  void compute(const Call& call) const {
    const Floats x = call.input(0), scale = call.input(1), offset = call.input(2), running_mean = call.input(3), running_variance = call.input(4);
    const Floats slope = call.input(5), shortcut = call.input(6);
    const int64_t rows = x.rows(), channels = x.channels();
    expect(rows > 0 && scale.size() == channels && offset.size() == channels && running_mean.size() == channels && running_variance.size() == channels,
           "LikenessNormalize: scale, offset, mean and variance must have one value for each of at least one channel of at least one pixel");
    expect(options_.activation != Activation::kPrelu || (slope.size() == channels && shortcut.size() == 0), "LikenessNormalize: PReLU wants a slope a channel and no shortcut");
    expect(shortcut.size() == 0 || shortcut.size() == x.size(), "LikenessNormalize: the shortcut must be as large as x");
    const Floats y = call.output(0, x.shape);
    const std::vector<int64_t> vector{channels};
    const Floats next_mean = call.output(1, vector), next_variance = call.output(2, vector), mean = call.output(3, vector), inverse = call.output(4, vector);

    const Rows all(rows, channels);
    PieceSums sums(all, 2);
    const float* shift = x.data();
    const std::vector<float> shifts = all.repeated(shift);
    in_pieces(all.length, all.piece(), [&](int64_t piece, int64_t begin, int64_t end) {
      add_moments(x.data() + begin, end - begin, all.width, shifts.data(), sums.of(piece));
    });
    const std::vector<double> total = sums.total();
    std::vector<float> gain(channels), bias(channels);
    const double count = static_cast<double>(rows);
    for (int64_t c = 0; c < channels; c++) {
      const double shifted = total[c] / count;
      const double variance = std::max(0.0, total[channels + c] / count - shifted * shifted);
      const double unbiased = rows > 1 ? variance * count / (count - 1) : variance;
      const double batch_mean = shift[c] + shifted;
      const double inverse_deviation = 1 / std::sqrt(variance + options_.epsilon);
      mean.data()[c] = static_cast<float>(batch_mean);
      inverse.data()[c] = static_cast<float>(inverse_deviation);
      next_mean.data()[c] = static_cast<float>((1 - options_.share) * running_mean.data()[c] + options_.share * batch_mean);
      next_variance.data()[c] = static_cast<float>((1 - options_.share) * running_variance.data()[c] + options_.share * unbiased);
      gain[c] = static_cast<float>(scale.data()[c] * inverse_deviation);
      bias[c] = static_cast<float>(offset.data()[c] - scale.data()[c] * inverse_deviation * batch_mean);
    }
    const std::vector<float> gains = all.repeated(gain.data()), biases = all.repeated(bias.data());
    const std::vector<float> slopes = slope.size() > 0 ? all.repeated(slope.data()) : std::vector<float>();
    const Affine by{gains.data(), biases.data(), slopes.data()};
    const float* added = shortcut.size() > 0 ? shortcut.data() : nullptr;
    in_pieces(all.length, all.piece(), [&](int64_t, int64_t begin, int64_t end) {
      apply(options_.activation, x.data() + begin, added != nullptr ? added + begin : nullptr, end - begin, all.width, by, y.data() + begin);
    });
  }

 private:
  NormalizeOptions options_;
};

}  // namespace likeness
