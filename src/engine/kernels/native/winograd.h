#pragma once

#include <algorithm>

#include "parallel.h"
#include "scratch.h"
#include "winograd-lines.h"

namespace likeness {

/** Pictures [images, height, width, channels]. */
struct Pictures {
  float* data;
  int64_t height, width, channels;

  int64_t pixels() const { return height * width; }
  /** The same pictures, seen from one of the channels on. */
  Pictures from(int64_t channel) const { return {data + channel, height, width, channels}; }
};

/** How pictures of one size are cut into tiles; those at the right and at the bottom may reach beyond. */
struct Tiling {
  int64_t down, across;

  explicit Tiling(const Pictures& pictures) : down((pictures.height + kTile - 1) / kTile), across((pictures.width + kTile - 1) / kTile) {}
};

/** Rows of tiles, counted through all pictures of a batch. */
struct TileRows {
  Tiling tiling;
  int64_t first, count;

  int64_t tiles() const { return count * tiling.across; }
};

/** [36 points, tiles, channels]. The channels may be some of those of the pictures. */
struct Points {
  float* data;
  /** From a point to the next, in floats. */
  int64_t step;
  int64_t channels;

  /** A line of the cache more than needed, or all points of a tile could fall on one place of it. */
  static int64_t step_for(int64_t tiles, int64_t channels) { return tiles * channels + kLanes; }
};

/** A filter [3, 3, inputs, outputs]. */
struct Filter {
  const float* data;
  int64_t inputs, outputs;
  int64_t size() const { return inputs * outputs; }
};

#if LIKENESS_HAS_WIDE
LIKENESS_WIDE inline Wide load_wide(const float* from) { return *reinterpret_cast<const Wide*>(from); }
LIKENESS_WIDE inline void store_wide(float* to, const Wide& value) { *reinterpret_cast<Wide*>(to) = value; }

/** The points of some rows of tiles, of which each begins `before` pixels before its first result. */
template <typename Line>
LIKENESS_WIDE void to_points(const Pictures& from, const TileRows& part, const Points& points) {
  constexpr int64_t before = (Line::in - kTile) / 2;
  const auto [down, across] = part.tiling;
  for (int64_t at = 0; at < part.count; at++) {
    const float* picture = from.data + (part.first + at) / down * from.height * from.width * from.channels;
    const int64_t top = (part.first + at) % down * kTile - before;
    for (int64_t tile = 0; tile < across; tile++) {
      const int64_t left = tile * kTile - before;
      const bool is_within = top >= 0 && left >= 0 && top + Line::in <= from.height && left + Line::in <= from.width;
      for (int64_t channel = 0; channel < points.channels; channel += kLanes) {
        Wide pixels[Line::in * Line::in], values[kPoints];
        const float* first = picture + (top * from.width + left) * from.channels + channel;
        for (int row = 0; row < Line::in; row++)
#pragma GCC unroll 8
          for (int column = 0; column < Line::in; column++) {
            const bool is_seen = is_within || (top + row >= 0 && top + row < from.height && left + column >= 0 && left + column < from.width);
            pixels[row * Line::in + column] = is_seen ? load_wide(first + (row * from.width + column) * from.channels) : Wide{};
          }
        both_ways<Line>(pixels, values);
        float* to = points.data + (at * across + tile) * points.channels + channel;
#pragma GCC unroll 36
        for (int point = 0; point < kPoints; point++) store_wide(to + point * points.step, values[point]);
      }
    }
  }
}

/** Back from the points to the pictures, as far as these reach. */
LIKENESS_WIDE inline void to_results(const Points& points, const TileRows& part, const Pictures& to) {
  const auto [down, across] = part.tiling;
  for (int64_t at = 0; at < part.count; at++) {
    float* picture = to.data + (part.first + at) / down * to.height * to.width * to.channels;
    const int64_t top = (part.first + at) % down * kTile, rows = std::min<int64_t>(kTile, to.height - top);
    for (int64_t tile = 0; tile < across; tile++) {
      const int64_t left = tile * kTile, columns = std::min<int64_t>(kTile, to.width - left);
      for (int64_t channel = 0; channel < points.channels; channel += kLanes) {
        Wide values[kPoints], pixels[kTile * kTile];
        const float* from = points.data + (at * across + tile) * points.channels + channel;
#pragma GCC unroll 36
        for (int point = 0; point < kPoints; point++) values[point] = load_wide(from + point * points.step);
        both_ways<Results>(values, pixels);
        float* first = picture + (top * to.width + left) * to.channels + channel;
        for (int64_t row = 0; row < rows; row++)
          for (int64_t column = 0; column < columns; column++) store_wide(first + (row * to.width + column) * to.channels, pixels[row * kTile + column]);
      }
    }
  }
}

/** The points of some inputs of a filter: [36 points][strips][inputs, outputs of the strip]. */
LIKENESS_WIDE inline void filter_to_points(const Filter& filter, int64_t first_input, int64_t last_input, float* points) {
  for (int64_t first = 0, width; first < filter.outputs; first += width) {
    width = strip_width(filter.outputs - first);
    for (int64_t input = first_input; input < last_input; input++)
      for (int64_t output = 0; output < width; output += kLanes) {
        Wide places[9], values[kPoints];
        for (int place = 0; place < 9; place++) places[place] = load_wide(filter.data + (place * filter.inputs + input) * filter.outputs + first + output);
        both_ways<FilterPoints>(places, values);
        float* to = points + filter.inputs * first + input * width + output;
        for (int point = 0; point < kPoints; point++) store_wide(to + point * filter.size(), values[point]);
      }
  }
}

/** At one point: the pictures [tiles, inputs] times the filter is the result [tiles, outputs]. */
inline void multiply_point(const Filter& points, const float* x, int64_t tiles, float* y) {
  for (int64_t first = 0, width; first < points.outputs; first += width) {
    width = strip_width(points.outputs - first);
    convolve_strip_row({x, points.inputs, 0, points.data + points.inputs * first, 1, 1, points.inputs, width, y + first, points.outputs}, width, tiles);
  }
}

/** A part of a filter: some inputs and a strip of outputs. */
struct FilterPart {
  int64_t input, inputs, output, outputs;
};

/** From the gradient at the points of a part, [36, inputs, outputs] with a step from one to the next, to that of the filter. */
LIKENESS_WIDE inline void filter_from_points(const float* points, int64_t step, const Filter& shape, const FilterPart& part, float* gradient) {
  for (int64_t input = 0; input < part.inputs; input++)
    for (int64_t output = 0; output < part.outputs; output += kLanes) {
      Wide values[kPoints], places[9];
#pragma GCC unroll 36
      for (int point = 0; point < kPoints; point++) values[point] = load_wide(points + point * step + input * part.outputs + output);
      both_ways<FilterAdjoint>(values, places);
      float* first = gradient + (part.input + input) * shape.outputs + part.output + output;
      for (int place = 0; place < 9; place++) store_wide(first + place * shape.size(), places[place]);
    }
}
#endif

}  // namespace likeness
