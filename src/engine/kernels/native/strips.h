#pragma once

#include <algorithm>

#include "convolution-tiles.h"
#include "kernel.h"
#include "parallel.h"
#include "scratch.h"

// Products of matrices of any size on the tiles of the convolutions: what is multiplied with lies in strips of 64 columns, the last one
// filled up with zeros. On two cores they come within a tenth of what the processor can do.
namespace likeness {

constexpr int64_t kStrip = 4 * kLanes;

inline int64_t strips_of(int64_t columns) { return (columns + kStrip - 1) / kStrip; }

/** Row by row. */
struct Matrix {
  const float* values;
  int64_t rows, columns;
};

/** Columns `first` to `first` + 64 of a matrix, [rows, 64]. */
LIKENESS_CLONES inline void copy_strip(const Matrix& of, int64_t first, float* to) {
  const int64_t width = std::min(kStrip, of.columns - first);
  for (int64_t row = 0; row < of.rows; row++, to += kStrip) {
    std::copy_n(of.values + row * of.columns + first, width, to);
    std::fill(to + width, to + kStrip, 0.0f);
  }
}

/** Rows as the columns of a matrix whose rows begin `step` floats apart; a line of the cache of each row at a time. */
template <typename RowAt>
LIKENESS_INLINE void turn_rows(int64_t rows, int64_t width, const RowAt& row_at, float* to, int64_t step) {
  for (int64_t begin = 0; begin < width; begin += kLanes)
    for (int64_t row = 0; row < rows; row++) {
      const float* from = row_at(row);
      for (int64_t at = begin, end = std::min(begin + kLanes, width); at < end; at++) to[at * step + row] = from[at];
    }
}

/** Rows `first` to `first` + 64 of a matrix as columns, [columns, 64]. */
LIKENESS_CLONES inline void turn_strip(const Matrix& of, int64_t first, float* to) {
  const int64_t rows = std::min(kStrip, of.rows - first);
  if (rows < kStrip) std::fill_n(to, of.columns * kStrip, 0.0f);
  turn_rows(rows, of.columns, [&](int64_t row) { return of.values + (first + row) * of.columns; }, to, kStrip);
}

/** As much of a strip [rows, 64] as there are columns, back to where it belongs, or added to what is there. */
LIKENESS_CLONES inline void put_strip(const float* strip, int64_t rows, int64_t columns, int64_t first, float* to, bool adds) {
  const int64_t width = std::min(kStrip, columns - first);
  for (int64_t row = 0; row < rows; row++, strip += kStrip) {
    float* own = to + row * columns + first;
    if (!adds) std::copy_n(strip, width, own);
    else
      for (int64_t c = 0; c < width; c++) own[c] += strip[c];
  }
}

/** A table [rows, columns] whose rows begin `step` floats apart, a multiple of 64; what lies between is 0. */
struct Table {
  float* values;
  int64_t rows, columns, step;
};

/** F Qᵀ. */
inline void multiply_turned(const Matrix& f, const Matrix& q, const Table& to) {
  in_pieces(q.rows, kStrip, [&](int64_t, int64_t begin, int64_t) {
    thread_local Scratch memory;
    float* strip = memory.of(q.columns * kStrip);
    turn_strip(q, begin, strip);
    convolve_strip_row({f.values, f.columns, 0, strip, 1, 1, f.columns, kStrip, to.values + begin, to.step}, kStrip, f.rows);
  });
}

/** 64 columns of G Q, from `first` on, to their place in [g.rows, q.columns]. */
inline void multiply_strip(const Table& g, const Matrix& q, int64_t first, float* to) {
  thread_local Scratch room;
  float *strip = room.of((q.rows + g.rows) * kStrip), *product = strip + q.rows * kStrip;
  copy_strip(q, first, strip);
  convolve_strip_row({g.values, g.step, 0, strip, 1, 1, q.rows, kStrip, product, kStrip}, kStrip, g.rows);
  put_strip(product, g.rows, q.columns, first, to, false);
}

/** G Q. */
inline void multiply_table(const Table& g, const Matrix& q, float* to) {
  in_pieces(strips_of(q.columns), 1, [&](int64_t strip, int64_t, int64_t) { multiply_strip(g, q, strip * kStrip, to); });
}

/** Where gradients go. */
struct Gradients {
  float *df, *dq;
  /** Rows before these have been there: theirs is added to dq. */
  bool adds;
};

/** Both gradients of a function of S = F Qᵀ, of which G = ∂L/∂S is given: ∂L/∂F = G Q and ∂L/∂Q = Gᵀ F. */
inline void multiply_back(const Table& g, const Matrix& f, const Matrix& q, const Gradients& to) {
  const int64_t width = f.columns, strips = strips_of(width);
  thread_local Scratch memory;
  float* panels = memory.of(strips * f.rows * kStrip);
  in_pieces(strips, 1, [&](int64_t strip, int64_t, int64_t) { copy_strip(f, strip * kStrip, panels + strip * f.rows * kStrip); });
  const int64_t of_q = strips_of(q.rows);
  in_pieces(of_q + strips, 1, [&](int64_t piece, int64_t, int64_t) {
    if (piece >= of_q) return multiply_strip(g, q, (piece - of_q) * kStrip, to.df);
    thread_local Scratch room;
    const int64_t first = piece * kStrip;
    float* product = room.of(kStrip * kStrip);
    for (int64_t strip = 0; strip < strips; strip++) {
      std::fill_n(product, kStrip * kStrip, 0.0f);
      add_filter_place({g.values + first, 0, g.step, panels + strip * f.rows * kStrip, f.rows, 1, kStrip, product}, kStrip);
      put_strip(product, std::min(kStrip, q.rows - first), width, strip * kStrip, to.dq + first * width, to.adds);
    }
  });
}

}  // namespace likeness
