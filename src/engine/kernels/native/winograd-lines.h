#pragma once

#include "convolution-tiles.h"

// Winograd's minimal filtering F(4 x 4, 3 x 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section
// 4.1 and equation 13 for this size): pictures and filters are taken to the values of polynomials at six points along each side, where a
// convolution is one product for each of the 36 points, a quarter of the direct sum's. The points are 0, 1, -1, 2, -2 and infinity.
namespace likeness {

/** Points along a side, of a tile of kTile results, which are seen in kTile + 2 pixels. */
constexpr int kAlong = 6;
constexpr int kPoints = kAlong * kAlong;
constexpr int kTile = 4;

#if LIKENESS_HAS_WIDE
/** A matrix of Winograd's that is applied to lines: `x` of `in` numbers, the next `step` on, to `out` numbers. 16 channels at once. */
struct PicturePoints {
  static constexpr int in = 6, out = 6;
  LIKENESS_WIDE static inline void apply(const Wide* x, int step, Wide* y, int y_step) {
    const Wide x0 = x[0], x1 = x[step], x2 = x[2 * step], x3 = x[3 * step], x4 = x[4 * step], x5 = x[5 * step];
    const Wide even = x4 - 4.0f * x2, odd = x3 - 4.0f * x1, far_even = x4 - x2, far_odd = 2.0f * (x3 - x1);
    y[0] = 4.0f * x0 - 5.0f * x2 + x4;
    y[y_step] = even + odd;
    y[2 * y_step] = even - odd;
    y[3 * y_step] = far_even + far_odd;
    y[4 * y_step] = far_even - far_odd;
    y[5 * y_step] = 4.0f * x1 - 5.0f * x3 + x5;
  }
};

struct FilterPoints {
  static constexpr int in = 3, out = 6;
  LIKENESS_WIDE static inline void apply(const Wide* x, int step, Wide* y, int y_step) {
    const Wide x0 = x[0], x1 = x[step], x2 = x[2 * step];
    const Wide near = (x0 + x2) * (-1.0f / 6), far = x0 * (1.0f / 24) + x2 * (1.0f / 6);
    y[0] = x0 * 0.25f;
    y[y_step] = near - x1 * (1.0f / 6);
    y[2 * y_step] = near + x1 * (1.0f / 6);
    y[3 * y_step] = far + x1 * (1.0f / 12);
    y[4 * y_step] = far - x1 * (1.0f / 12);
    y[5 * y_step] = x2;
  }
};

/** From the points to the results. */
struct Results {
  static constexpr int in = 6, out = 4;
  LIKENESS_WIDE static inline void apply(const Wide* x, int step, Wide* y, int y_step) {
    const Wide sum = x[step] + x[2 * step], difference = x[step] - x[2 * step];
    const Wide far_sum = x[3 * step] + x[4 * step], far_difference = x[3 * step] - x[4 * step];
    y[0] = x[0] + sum + far_sum;
    y[y_step] = difference + 2.0f * far_difference;
    y[2 * y_step] = sum + 4.0f * far_sum;
    y[3 * y_step] = difference + 8.0f * far_difference + x[5 * step];
  }
};

/** The adjoint of Results: from the gradient of the results to that of the points. */
struct ResultsAdjoint {
  static constexpr int in = 4, out = 6;
  LIKENESS_WIDE static inline void apply(const Wide* x, int step, Wide* y, int y_step) {
    const Wide x0 = x[0], x1 = x[step], x2 = x[2 * step], x3 = x[3 * step];
    const Wide even = x0 + x2, odd = x1 + x3, far_even = x0 + 4.0f * x2, far_odd = 2.0f * x1 + 8.0f * x3;
    y[0] = x0;
    y[y_step] = even + odd;
    y[2 * y_step] = even - odd;
    y[3 * y_step] = far_even + far_odd;
    y[4 * y_step] = far_even - far_odd;
    y[5 * y_step] = x3;
  }
};

/** The adjoint of FilterPoints. */
struct FilterAdjoint {
  static constexpr int in = 6, out = 3;
  LIKENESS_WIDE static inline void apply(const Wide* x, int step, Wide* y, int y_step) {
    const Wide near = (x[step] + x[2 * step]) * (-1.0f / 6), far = x[3 * step] + x[4 * step];
    y[0] = x[0] * 0.25f + near + far * (1.0f / 24);
    y[y_step] = (x[2 * step] - x[step]) * (1.0f / 6) + (x[3 * step] - x[4 * step]) * (1.0f / 12);
    y[2 * y_step] = near + far * (1.0f / 6) + x[5 * step];
  }
};

/** Down the columns, then along the rows. */
template <typename Line>
LIKENESS_WIDE inline void both_ways(const Wide* square, Wide* result) {
  Wide half[Line::out * Line::in];
#pragma GCC unroll 8
  for (int column = 0; column < Line::in; column++) Line::apply(square + column, Line::in, half + column, Line::in);
#pragma GCC unroll 8
  for (int row = 0; row < Line::out; row++) Line::apply(half + row * Line::in, 1, result + row * Line::out, 1);
}
#endif

}  // namespace likeness
