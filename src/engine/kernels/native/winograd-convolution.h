#pragma once

#include "winograd-cached.h"
#include "winograd-panels.h"

// The convolutions of 3 x 3 filters with stride 1 and 'same' padding by Winograd's tiles, and their gradients: the picture's is a
// convolution with the turned filter, the filter's is the adjoint of the transformations about one product for each point.
namespace likeness {

/** Smaller pictures leave most of a tile empty. */
constexpr int64_t kSmallestForTiles = 4;

inline bool fits_tiles(const Pictures& x, int64_t size, int64_t stride, int64_t outputs) {
  return size == 3 && stride == 1 && x.channels % kLanes == 0 && outputs % kLanes == 0 && std::min(x.height, x.width) >= kSmallestForTiles;
}

#if LIKENESS_HAS_WIDE
inline TileRows all_rows(const Pictures& x, int64_t images) {
  const Tiling tiling(x);
  return {tiling, 0, images * tiling.down};
}

/** y = x convolved with the filter. */
inline void convolve_tiles(const Pictures& x, const Filter& filter, int64_t images, const Pictures& y) {
  if (stays_cached(filter)) convolve_cached(x, filter, all_rows(x, images), y);
  else convolve_panels<Side::kFront>(x, filter, all_rows(x, images), y);
}

/** dx, of dy and the filter. */
inline void picture_gradient_tiles(const Pictures& dy, const Filter& filter, int64_t images, const Pictures& dx) {
  if (!stays_cached(filter)) return convolve_panels<Side::kBack>(dy, filter, all_rows(dy, images), dx);
  Scratch memory;
  float* turned = memory.of(9 * filter.size());
  turn_filter(filter, turned);
  convolve_cached(dy, {turned, filter.outputs, filter.inputs}, all_rows(dy, images), dx);
}

/** The gradient of the filter [3, 3, inputs, outputs]; `shape` gives its numbers of channels. */
inline void filter_gradient_tiles(const Pictures& x, const Pictures& dy, int64_t images, const Filter& shape, float* gradient) {
  if (stays_cached(shape)) filter_gradient_cached(x, dy, all_rows(x, images), shape, gradient);
  else filter_gradient_panels(x, dy, all_rows(x, images), shape, gradient);
}
#else
inline void convolve_tiles(const Pictures&, const Filter&, int64_t, const Pictures&) {}
inline void picture_gradient_tiles(const Pictures&, const Filter&, int64_t, const Pictures&) {}
inline void filter_gradient_tiles(const Pictures&, const Pictures&, int64_t, const Filter&, float*) {}
#endif

}  // namespace likeness
