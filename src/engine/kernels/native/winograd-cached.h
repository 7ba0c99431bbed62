#pragma once

#include "winograd.h"

// Convolutions by Winograd's tiles with filters of few channels: all points of the filter stay in the cache, and some tiles at a time go through
// all that is done with them.
#if LIKENESS_HAS_WIDE
namespace likeness {

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
    work(part, Points{data, x_step, x_channels}, Points{data + kPoints * x_step, y_step, y_channels});
  }
}

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

/** y = x convolved with a filter whose points stay in the cache. */
inline void convolve_cached(const Pictures& x, const Filter& filter, const TileRows& all, const Pictures& y) {
  Scratch filter_memory;
  const Filter points{filter_memory.of(kPoints * filter.size()), filter.inputs, filter.outputs};
  in_pieces(filter.inputs, kInputsAtOnce, [&](int64_t, int64_t begin, int64_t end) { filter_to_points(filter, begin, end, const_cast<float*>(points.data)); });
  in_pieces(all.count, rows_at_once(all.tiling, all.count, x.channels + y.channels), [&](int64_t, int64_t begin, int64_t end) {
    in_cached_parts({all.tiling, begin, end - begin}, x.channels, y.channels, [&](const TileRows& part, const Points& from, const Points& to) {
      to_points<PicturePoints>(x, part, from);
      for (int64_t point = 0; point < kPoints; point++)
        multiply_point({points.data + point * points.size(), points.inputs, points.outputs}, from.data + point * from.step, part.tiles(), to.data + point * to.step);
      to_results(to, part, y);
    });
  });
}

/** The gradient of such a filter [3, 3, inputs, outputs]; `shape` gives its numbers of channels. */
inline void filter_gradient_cached(const Pictures& x, const Pictures& dy, const TileRows& all, const Filter& shape, float* gradient) {
  constexpr int64_t kParts = 8;
  const int64_t size = kPoints * shape.size();
  Scratch sum_memory;
  float* sums = sum_memory.of(kParts * size);
  // Sums of some rows each, added up in their order whatever the number of threads.
  const int64_t of_part = (all.count + kParts - 1) / kParts;
  in_pieces(all.count, of_part, [&](int64_t piece, int64_t begin, int64_t end) {
    std::fill_n(sums + piece * size, size, 0.0f);
    in_cached_parts({all.tiling, begin, end - begin}, x.channels, dy.channels, [&](const TileRows& part, const Points& from, const Points& to) {
      to_points<PicturePoints>(x, part, from);
      to_points<ResultsAdjoint>(dy, part, to);
      for (int64_t point = 0; point < kPoints; point++)
        add_filter_place({from.data + point * from.step, x.channels, 0, to.data + point * to.step, 1, part.tiles(), dy.channels, sums + piece * size + point * shape.size()}, x.channels);
    });
  });
  const int64_t parts = (all.count + of_part - 1) / of_part;
  in_pieces(shape.inputs, kInputsAtOnce, [&](int64_t, int64_t begin, int64_t end) {
    float* first = sums + begin * shape.outputs;
    for (int64_t point = 0; point < kPoints; point++) add_parts(first + point * shape.size(), (end - begin) * shape.outputs, size, parts);
    filter_from_points(first, shape.size(), shape, {begin, end - begin, 0, shape.outputs}, gradient);
  });
}

}  // namespace likeness
#endif
