#pragma once

#include "winograd.h"

// The convolutions of 3 x 3 filters with stride 1 and 'same' padding by Winograd's tiles, and their gradients: the picture's is a
// convolution with the turned filter, the filter's is the adjoint of the transformations about one product for each point.
namespace likeness {

/** Smaller pictures leave most of a tile empty. */
constexpr int64_t kSmallestForTiles = 4;

inline bool fits_tiles(const Pictures& x, int64_t size, int64_t stride, int64_t outputs) {
  return size == 3 && stride == 1 && x.channels % kLanes == 0 && outputs % kLanes == 0 && std::min(x.height, x.width) >= kSmallestForTiles;
}

#if LIKENESS_HAS_WIDE
/** Half of a core's second cache, in floats: the points of as many tiles are worked on at once. */
constexpr int64_t kCachedFloats = 128 * 1024;

/** Of a filter, that a piece of work takes to its points or back. */
constexpr int64_t kInputsAtOnce = 16;

/** The points of a filter that is no larger stay in the cache beside those of the pictures. */
inline bool stays_cached(const Filter& filter) { return kPoints * filter.size() <= 2 * kCachedFloats; }

/** As many rows of tiles as the cache holds in both forms. */
inline int64_t rows_at_once(const Tiling& tiling, int64_t rows, int64_t channels) {
  return std::clamp<int64_t>(kCachedFloats / (tiling.across * kPoints * channels), 1, rows);
}

/** Calls work(part, x, y) for parts of the rows, with memory for the points of both. */
template <typename Work>
void in_cached_parts(const TileRows& all, int64_t x_channels, int64_t y_channels, const Work& work) {
  const int64_t at_once = rows_at_once(all.tiling, all.count, x_channels + y_channels);
  for (int64_t begin = 0; begin < all.count; begin += at_once) {
    const TileRows part{all.tiling, all.first + begin, std::min(at_once, all.count - begin)};
    thread_local Scratch memory;
    const int64_t x_step = Points::step_for(part.tiles(), x_channels), y_step = Points::step_for(part.tiles(), y_channels);
    float* data = memory.of(kPoints * (x_step + y_step));
    work(part, Points{data, x_step}, Points{data + kPoints * x_step, y_step});
  }
}

/** Calls work(part, points) for pieces of the rows, on all threads; `points` are those of the first of the piece's tiles. */
template <typename Work>
void in_row_pieces(const TileRows& all, const Points& points, int64_t channels, const Work& work) {
  in_pieces(all.count, std::max<int64_t>(1, all.count / 16), [&](int64_t, int64_t begin, int64_t end) {
    work(TileRows{all.tiling, begin, end - begin}, Points{points.data + begin * all.tiling.across * channels, points.step});
  });
}

inline TileRows all_rows(const Pictures& x, int64_t images) {
  const Tiling tiling(x);
  return {tiling, 0, images * tiling.down};
}

/** y = x convolved with the filter. */
inline void convolve_tiles(const Pictures& x, const Filter& filter, int64_t images, const Pictures& y) {
  const TileRows all = all_rows(x, images);
  Scratch filter_memory;
  const Filter points{filter_memory.of(kPoints * filter.size()), filter.inputs, filter.outputs};
  in_pieces(filter.inputs, kInputsAtOnce, [&](int64_t, int64_t begin, int64_t end) { filter_to_points(filter, begin, end, const_cast<float*>(points.data)); });
  const auto multiply = [&](int64_t point, const Points& from, const Points& to, int64_t tiles) {
    multiply_point({points.data + point * points.size(), points.inputs, points.outputs}, from.data + point * from.step, tiles, to.data + point * to.step);
  };
  if (stays_cached(filter)) {
    const int64_t at_once = rows_at_once(all.tiling, all.count, x.channels + y.channels);
    in_pieces(all.count, at_once, [&](int64_t, int64_t begin, int64_t end) {
      in_cached_parts({all.tiling, begin, end - begin}, x.channels, y.channels, [&](const TileRows& part, const Points& from, const Points& to) {
        to_points<PicturePoints>(x, part, from);
        for (int64_t point = 0; point < kPoints; point++) multiply(point, from, to, part.tiles());
        to_results(to, part, y);
      });
    });
    return;
  }
  Scratch memory;
  const int64_t x_step = Points::step_for(all.tiles(), x.channels), y_step = Points::step_for(all.tiles(), y.channels);
  const Points from{memory.of(kPoints * (x_step + y_step)), x_step}, to{from.data + kPoints * x_step, y_step};
  in_row_pieces(all, from, x.channels, [&](const TileRows& part, const Points& piece) { to_points<PicturePoints>(x, part, piece); });
  in_pieces(kPoints, 1, [&](int64_t point, int64_t, int64_t) { multiply(point, from, to, all.tiles()); });
  in_row_pieces(all, to, y.channels, [&](const TileRows& part, const Points& piece) { to_results(piece, part, y); });
}

/** The gradient of the filter [3, 3, inputs, outputs]; `shape` gives its numbers of channels. */
inline void filter_gradient_tiles(const Pictures& x, const Pictures& dy, int64_t images, const Filter& shape, float* gradient) {
  constexpr int64_t kParts = 8;
  const TileRows all = all_rows(x, images);
  const int64_t size = kPoints * shape.size(), parts = stays_cached(shape) ? kParts : 1;
  Scratch sum_memory;
  float* sums = sum_memory.of(parts * size);
  std::fill_n(sums, parts * size, 0.0f);
  const auto add = [&](int64_t point, const Points& from, const Points& to, int64_t tiles, float* into) {
    add_filter_place({from.data + point * from.step, x.channels, 0, to.data + point * to.step, 1, tiles, dy.channels, into + point * shape.size()}, x.channels);
  };
  if (stays_cached(shape)) {
    // Sums of some rows each, added up in their order whatever the number of threads.
    const int64_t of_part = (all.count + kParts - 1) / kParts;
    in_pieces(all.count, of_part, [&](int64_t piece, int64_t begin, int64_t end) {
      in_cached_parts({all.tiling, begin, end - begin}, x.channels, dy.channels, [&](const TileRows& part, const Points& from, const Points& to) {
        to_points<PicturePoints>(x, part, from);
        to_points<ResultsAdjoint>(dy, part, to);
        for (int64_t point = 0; point < kPoints; point++) add(point, from, to, part.tiles(), sums + piece * size);
      });
    });
    for (int64_t part = 1; part < parts; part++)
      for (int64_t at = 0; at < size; at++) sums[at] += sums[part * size + at];
  } else {
    Scratch memory;
    const int64_t x_step = Points::step_for(all.tiles(), x.channels), y_step = Points::step_for(all.tiles(), dy.channels);
    const Points from{memory.of(kPoints * (x_step + y_step)), x_step}, to{from.data + kPoints * x_step, y_step};
    in_row_pieces(all, from, x.channels, [&](const TileRows& part, const Points& piece) { to_points<PicturePoints>(x, part, piece); });
    in_row_pieces(all, to, dy.channels, [&](const TileRows& part, const Points& piece) { to_points<ResultsAdjoint>(dy, part, piece); });
    in_pieces(kPoints, 1, [&](int64_t point, int64_t, int64_t) { add(point, from, to, all.tiles(), sums); });
  }
  in_pieces(shape.inputs, kInputsAtOnce, [&](int64_t, int64_t begin, int64_t end) { filter_from_points(sums, shape, begin, end, gradient); });
}
#else
inline void convolve_tiles(const Pictures&, const Filter&, int64_t, const Pictures&) {}
inline void filter_gradient_tiles(const Pictures&, const Pictures&, int64_t, const Filter&, float*) {}
#endif

/** The filter seen from the other side: turned by 180 degrees, with inputs and outputs exchanged. */
inline void turn_filter(const Filter& filter, float* turned) {
  in_pieces(9, 1, [&](int64_t place, int64_t, int64_t) {
    const float* from = filter.data + place * filter.size();
    float* to = turned + (8 - place) * filter.size();
    // In squares, that both sides stay in the cache.
    for (int64_t first = 0; first < filter.outputs; first += kLanes)
      for (int64_t input = 0; input < filter.inputs; input++)
        for (int64_t output = first; output < first + kLanes; output++) to[output * filter.inputs + input] = from[input * filter.outputs + output];
  });
}

/** dx, of dy and the filter. */
inline void picture_gradient_tiles(const Pictures& dy, const Filter& filter, int64_t images, const Pictures& dx) {
  Scratch memory;
  float* turned = memory.of(9 * filter.size());
  turn_filter(filter, turned);
  convolve_tiles(dy, {turned, filter.outputs, filter.inputs}, images, dx);
}

}  // namespace likeness
