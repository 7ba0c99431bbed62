#pragma once

#include <cstdint>

#include "convolution-tiles.h"

// The inner loops of a block (block.h), on registers of 16 floats, or of 8 where the channels are no multiple of 16.
#if LIKENESS_HAS_WIDE
#define LIKENESS_BLOCK __attribute__((target("avx512f,avx512vl")))
#else
#define LIKENESS_BLOCK
#endif

namespace likeness {

inline bool has_block_registers() {
#if LIKENESS_HAS_WIDE
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

/** What a layer does after its sums, a number a channel: bias is added, then what is below 0 is multiplied with slope (ReLU 0, nothing 1). */
struct Finish {
  const float* bias;
  const float* slope;
};

/** `inputs` numbers a pixel times [inputs, outputs], and a shortcut that is added: `added` of the outputs have one. */
struct Product {
  const float* x;
  const float* filter;
  int64_t inputs, outputs;
  Finish finish;
  const float* shortcut;
  int64_t added;
  float* y;
};

/** A row of a picture seen through windows of size x size; rows outside of the picture are rows of zeros. */
struct WindowRow {
  const float* const* rows;
  int64_t size, stride, left, width, channels, columns;
};

#if LIKENESS_HAS_WIDE
typedef float Half __attribute__((vector_size(32), aligned(4), may_alias));

/** Wherever it lies: a template's argument loses the attributes of its type. */
template <typename Vector>
struct Unaligned {
  typedef Vector Type __attribute__((aligned(4), may_alias));
};

template <typename Vector>
constexpr int64_t lanes = sizeof(Vector) / sizeof(float);

template <typename Vector>
LIKENESS_BLOCK LIKENESS_INLINE Vector at(const float* numbers) {
  return *reinterpret_cast<const typename Unaligned<Vector>::Type*>(numbers);
}

template <typename Vector>
LIKENESS_BLOCK LIKENESS_INLINE void put(float* numbers, Vector values) {
  *reinterpret_cast<typename Unaligned<Vector>::Type*>(numbers) = values;
}

template <typename Vector>
LIKENESS_BLOCK LIKENESS_INLINE Vector activate(Vector sum, Vector slope) {
  const Vector zero = {};
  return sum > zero ? sum : sum * slope;
}

/** `pixels` neighbours times `vectors` registers of outputs from `first` on, all of them kept in registers. */
template <typename Vector, int pixels, int vectors>
LIKENESS_BLOCK void multiply_tile(const Product& product, int64_t pixel, int64_t first) {
  Vector sums[pixels][vectors];
#pragma GCC unroll 32
  for (int v = 0; v < vectors; v++)
#pragma GCC unroll 32
    for (int p = 0; p < pixels; p++) sums[p][v] = at<Vector>(product.finish.bias + first + v * lanes<Vector>);
  const float* x = product.x + pixel * product.inputs;
  const float* filter = product.filter + first;
  for (int64_t c = 0; c < product.inputs; c++, filter += product.outputs) {
    Vector weights[vectors];
#pragma GCC unroll 32
    for (int v = 0; v < vectors; v++) weights[v] = at<Vector>(filter + v * lanes<Vector>);
#pragma GCC unroll 32
    for (int p = 0; p < pixels; p++)
#pragma GCC unroll 32
      for (int v = 0; v < vectors; v++) sums[p][v] += x[p * product.inputs + c] * weights[v];
  }
#pragma GCC unroll 32
  for (int v = 0; v < vectors; v++) {
    const int64_t output = first + v * lanes<Vector>;
    const Vector slope = at<Vector>(product.finish.slope + output);
    const bool adds = output < product.added;
#pragma GCC unroll 32
    for (int p = 0; p < pixels; p++) {
      Vector sum = sums[p][v];
      if (adds) sum += at<Vector>(product.shortcut + (pixel + p) * product.added + output);
      put<Vector>(product.y + (pixel + p) * product.outputs + output, activate(sum, slope));
    }
  }
}

template <typename Vector, int vectors>
LIKENESS_BLOCK void multiply_columns(const Product& product, int64_t pixels, int64_t first) {
  constexpr int kMost = vectors == 3 ? 9 : 14;
  int64_t pixel = 0;
  for (; pixel + kMost <= pixels; pixel += kMost) multiply_tile<Vector, kMost, vectors>(product, pixel, first);
  for (; pixel + 4 <= pixels; pixel += 4) multiply_tile<Vector, 4, vectors>(product, pixel, first);
  for (; pixel < pixels; pixel++) multiply_tile<Vector, 1, vectors>(product, pixel, first);
}

template <typename Vector>
LIKENESS_BLOCK void multiply_by(const Product& product, int64_t pixels) {
  for (int64_t first = 0; first < product.outputs;) {
    const int64_t left = (product.outputs - first) / lanes<Vector>;
    const int64_t vectors = left % 3 == 0 ? 3 : left >= 2 ? 2 : 1;
    if (vectors == 3) multiply_columns<Vector, 3>(product, pixels, first);
    else if (vectors == 2) multiply_columns<Vector, 2>(product, pixels, first);
    else multiply_columns<Vector, 1>(product, pixels, first);
    first += vectors * lanes<Vector>;
  }
}

/** Outputs and added ones are multiples of 8. */
inline void multiply(const Product& product, int64_t pixels) {
  if (product.outputs % 16 == 0 && product.added % 16 == 0) multiply_by<Wide>(product, pixels);
  else multiply_by<Half>(product, pixels);
}

/** Each channel of a row by a filter of its own, [3, 3, channels]. */
template <typename Vector>
LIKENESS_BLOCK void filter_channels_by(const WindowRow& row, const float* filter, const Finish& finish, float* y) {
  const int64_t step = row.channels;
  for (int64_t channel = 0; channel < step; channel += lanes<Vector>) {
    Vector weights[9];
#pragma GCC unroll 9
    for (int place = 0; place < 9; place++) weights[place] = at<Vector>(filter + place * step + channel);
    const Vector bias = at<Vector>(finish.bias + channel), slope = at<Vector>(finish.slope + channel);
    for (int64_t column = 0; column < row.columns; column++) {
      const int64_t begin = column * row.stride - row.left;
      Vector sum = bias;
      if (begin >= 0 && begin + 3 <= row.width) {
#pragma GCC unroll 9
        for (int place = 0; place < 9; place++) sum += at<Vector>(row.rows[place / 3] + (begin + place % 3) * step + channel) * weights[place];
      } else {
        for (int place = 0; place < 9; place++) {
          const int64_t from = begin + place % 3;
          if (from >= 0 && from < row.width) sum += at<Vector>(row.rows[place / 3] + from * step + channel) * weights[place];
        }
      }
      put<Vector>(y + column * step + channel, activate(sum, slope));
    }
  }
}

inline void filter_channels(const WindowRow& row, const float* filter, const Finish& finish, float* y) {
  if (row.channels % 16 == 0) filter_channels_by<Wide>(row, filter, finish, y);
  else filter_channels_by<Half>(row, filter, finish, y);
}
#else
inline void multiply(const Product&, int64_t) {}
inline void filter_channels(const WindowRow&, const float*, const Finish&, float*) {}
#endif

/** What each window of a row sees, [columns, size x size x channels]. */
inline void gather_windows(const WindowRow& row, float* y) {
  const int64_t line = row.size * row.channels;
  for (int64_t column = 0; column < row.columns; column++) {
    const int64_t begin = column * row.stride - row.left;
    const int64_t from = begin < 0 ? 0 : begin, to = begin + row.size > row.width ? row.width : begin + row.size;
    for (int64_t i = 0; i < row.size; i++, y += line) {
      if (to - from < row.size) std::memset(y, 0, line * sizeof(float));
      std::memcpy(y + (from - begin) * row.channels, row.rows[i] + from * row.channels, (to - from) * row.channels * sizeof(float));
    }
  }
}

}  // namespace likeness
