#pragma once

#include <cstdint>
#include <cstring>

// The inner loops of the convolutions, on registers of 16 floats. TensorFlow's library does well with many channels; with few it spends
// as much on preparing as on computing.
#if defined(__x86_64__) && defined(__GNUC__)
#define LIKENESS_HAS_WIDE 1
#define LIKENESS_WIDE __attribute__((target("avx512f")))
#else
#define LIKENESS_HAS_WIDE 0
#endif

namespace likeness {

constexpr int64_t kLanes = 16;

inline bool has_wide_registers() {
#if LIKENESS_HAS_WIDE
  return __builtin_cpu_supports("avx512f");
#else
  return false;
#endif
}

/** Where a tile of pixels in a row finds its numbers. Steps count floats. */
struct PixelTile {
  /** First pixel of the window of the first pixel. */
  const float* x;
  /** From the window of a pixel to that of the next one. */
  int64_t pixel_step;
  /** From a row of the padded picture to the next. */
  int64_t row_step;
  /** [height, width, inputs, outputs], from the first of the outputs that are computed. */
  const float* filter;
  int64_t height;
  int64_t width;
  int64_t inputs;
  int64_t outputs;
  float* y;
  /** From a pixel of the result to the next. */
  int64_t y_step;
  /** To what is in y already. */
  bool adds = false;
};

/** What the pixels of one row add to a part of the filter's gradient. */
struct FilterTile {
  const float* x;
  int64_t pixel_step;
  int64_t row_step;
  const float* dy;
  int64_t rows;
  int64_t columns;
  int64_t outputs;
  /** [inputs, outputs], from the first of both. */
  float* gradient;
};

#if LIKENESS_HAS_WIDE
typedef float Wide __attribute__((vector_size(64), aligned(4), may_alias));

/**
 * `pixels` neighbours times 16 `vectors` outputs, all of them kept in registers. `step` is at.pixel_step where it is known to the
 * compiler, which then needs no register for the place of each pixel; else 0.
 */
template <int pixels, int vectors, int step>
LIKENESS_WIDE void convolve_tile(const PixelTile& at) {
  const int64_t pixel_step = step > 0 ? step : at.pixel_step;
  Wide sums[pixels][vectors] = {};
  for (int64_t i = 0; i < at.height; i++)
    for (int64_t j = 0; j < at.width; j++) {
      const float* x = at.x + i * at.row_step + j * at.inputs;
      const float* filter = at.filter + (i * at.width + j) * at.inputs * at.outputs;
      for (int64_t c = 0; c < at.inputs; c++, filter += at.outputs)
#pragma GCC unroll 32
        for (int v = 0; v < vectors; v++) {
          const Wide weights = *reinterpret_cast<const Wide*>(filter + v * kLanes);
#pragma GCC unroll 32
          for (int p = 0; p < pixels; p++) sums[p][v] += x[p * pixel_step + c] * weights;
        }
    }
  if (at.adds)
#pragma GCC unroll 32
    for (int p = 0; p < pixels; p++)
#pragma GCC unroll 32
      for (int v = 0; v < vectors; v++) sums[p][v] += *reinterpret_cast<const Wide*>(at.y + p * at.y_step + v * kLanes);
#pragma GCC unroll 32
  for (int p = 0; p < pixels; p++)
#pragma GCC unroll 32
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Wide*>(at.y + p * at.y_step + v * kLanes) = sums[p][v];
}

/** `channels` inputs times 16 `vectors` outputs of one place of the filter, over all pixels of a picture. */
template <int channels, int vectors>
LIKENESS_WIDE void add_filter_tile(const FilterTile& at) {
  Wide sums[channels][vectors] = {};
  for (int64_t row = 0; row < at.rows; row++) {
    const float* x = at.x + row * at.row_step;
    const float* dy = at.dy + row * at.columns * at.outputs;
    for (int64_t column = 0; column < at.columns; column++, x += at.pixel_step, dy += at.outputs) {
      Wide gradients[vectors];
#pragma GCC unroll 32
      for (int v = 0; v < vectors; v++) gradients[v] = *reinterpret_cast<const Wide*>(dy + v * kLanes);
#pragma GCC unroll 32
      for (int c = 0; c < channels; c++)
#pragma GCC unroll 32
        for (int v = 0; v < vectors; v++) sums[c][v] += x[c] * gradients[v];
    }
  }
#pragma GCC unroll 32
  for (int c = 0; c < channels; c++)
#pragma GCC unroll 32
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Wide*>(at.gradient + c * at.outputs + v * kLanes) += sums[c][v];
}

/** As many inputs as fit the registers beside `width` outputs; gives how many these were. */
inline int64_t add_inputs(const FilterTile& at, int64_t left, int64_t width) {
  const bool is_double = width == 2 * kLanes;
  if (left >= 16 && !is_double) return add_filter_tile<16, 1>(at), 16;
  if (left >= 8) return is_double ? add_filter_tile<8, 2>(at) : add_filter_tile<8, 1>(at), 8;
  if (left >= 3) return is_double ? add_filter_tile<3, 2>(at) : add_filter_tile<3, 1>(at), 3;
  return is_double ? add_filter_tile<1, 2>(at) : add_filter_tile<1, 1>(at), 1;
}

template <int vectors, int step>
LIKENESS_WIDE void convolve_row_by(PixelTile at, int64_t count) {
  constexpr int kMost = vectors == 1 ? 14 : 7;
  const auto advance = [&](int64_t pixels) {
    at.x += pixels * at.pixel_step;
    at.y += pixels * at.y_step;
    count -= pixels;
  };
  for (; count >= kMost; advance(kMost)) convolve_tile<kMost, vectors, step>(at);
  for (; count >= 4; advance(4)) convolve_tile<4, vectors, step>(at);
  for (; count > 0; advance(1)) convolve_tile<1, vectors, step>(at);
}

/** A row of `count` pixels: as many as fit the registers at once. */
template <int vectors>
LIKENESS_WIDE void convolve_row(const PixelTile& at, int64_t count) {
  if (at.pixel_step == 16) convolve_row_by<vectors, 16>(at, count);
  else if (at.pixel_step == 32) convolve_row_by<vectors, 32>(at, count);
  else if (at.pixel_step == 64) convolve_row_by<vectors, 64>(at, count);
  // Every second pixel of grey and of coloured pictures.
  else if (at.pixel_step == 2) convolve_row_by<vectors, 2>(at, count);
  else if (at.pixel_step == 6) convolve_row_by<vectors, 6>(at, count);
  else convolve_row_by<vectors, 0>(at, count);
}
#else
template <int vectors>
void convolve_row(const PixelTile&, int64_t) {}
inline int64_t add_inputs(const FilterTile&, int64_t left, int64_t) { return left; }
#endif

/** Outputs are taken in strips, as many as fit the registers; the next one of those that are left. */
inline int64_t strip_width(int64_t left) { return left >= 4 * kLanes ? 4 * kLanes : left >= 2 * kLanes ? 2 * kLanes : kLanes; }

/** A row of `count` pixels, for a strip of outputs. */
inline void convolve_strip_row(const PixelTile& at, int64_t width, int64_t count) {
  if (width == 4 * kLanes) convolve_row<4>(at, count);
  else if (width == 2 * kLanes) convolve_row<2>(at, count);
  else convolve_row<1>(at, count);
}

/** All of `inputs` times all outputs of one place of the filter; or of neighbouring places in a row, whose inputs lie side by side. */
inline void add_filter_place(const FilterTile& at, int64_t inputs) {
  for (int64_t output = 0, width; output < at.outputs; output += width) {
    width = at.outputs - output >= 2 * kLanes ? 2 * kLanes : kLanes;
    for (int64_t input = 0, taken; input < inputs; input += taken) {
      const FilterTile tile{at.x + input, at.pixel_step, at.row_step, at.dy + output, at.rows, at.columns, at.outputs, at.gradient + input * at.outputs + output};
      taken = add_inputs(tile, inputs - input, width);
    }
  }
}

}  // namespace likeness
