#pragma once

#include "winograd.h"

// Convolutions by Winograd's tiles with filters of many channels, whose points would not stay in the cache: the filter is cut into blocks, and
// what is done with a block is done while it is there. Its points are never written to memory as a whole, which are four times the filter.
#if LIKENESS_HAS_WIDE
namespace likeness {

/** Inputs of a block, and of one of the filter's gradient; its outputs are a strip (strip_width). Measured. */
constexpr int64_t kBlockInputs = 64;
constexpr int64_t kGradientInputs = 32;
/** About as many tiles go through the blocks at once. */
constexpr int64_t kTilesAtOnce = 128;

/** The points of all tiles, in panels of as many channels as a strip has: [36 points][panels][tiles, channels of the panel]. */
class Panels {
 public:
  Panels(float* data, int64_t tiles, int64_t channels) : data_(data), tiles_(tiles), channels_(channels) {}
  int64_t channels() const { return channels_; }
  static int64_t size(int64_t tiles, int64_t channels) { return kPoints * Points::step_for(tiles, channels); }
  /** From one of the tiles on, in the panel that begins with a channel. */
  Points at(int64_t first_channel, int64_t tile) const {
    const int64_t width = strip_width(channels_ - first_channel);
    return {data_ + first_channel * tiles_ + tile * width, Points::step_for(tiles_, channels_), width};
  }

 private:
  float* data_;
  int64_t tiles_, channels_;
};

/** The points of all pictures, on all threads. */
template <typename Line>
void to_panels(const Pictures& from, const TileRows& all, const Panels& panels) {
  in_pieces(all.count, std::max<int64_t>(1, all.count / 16), [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t first = 0; first < from.channels; first += strip_width(from.channels - first))
      to_points<Line>(from.from(first), {all.tiling, begin, end - begin}, panels.at(first, begin * all.tiling.across));
  });
}

/** How a filter is seen: as it is, or from the other side, turned by 180 degrees, with inputs and outputs exchanged. */
enum class Side { kFront, kBack };

/** The points of a block, [36, inputs, outputs]. What is seen from the back has the filter's outputs for inputs. */
template <Side side>
LIKENESS_WIDE void block_to_points(const Filter& filter, const FilterPart& block, float* points) {
  constexpr bool is_back = side == Side::kBack;
  float turned[9][kLanes * kLanes];
  for (int64_t output = 0; output < block.outputs; output += kLanes)
    for (int64_t square = 0; square < block.inputs; square += kLanes) {
      if (is_back)
        for (int place = 0; place < 9; place++) {
          const float* from = filter.data + ((8 - place) * filter.inputs + block.output + output) * filter.outputs + block.input + square;
          for (int64_t row = 0; row < kLanes; row++)
            for (int64_t column = 0; column < kLanes; column++) turned[place][column * kLanes + row] = from[row * filter.outputs + column];
        }
      for (int64_t input = square; input < square + kLanes; input++) {
        Wide places[9], values[kPoints];
        const float* first = filter.data + (block.input + input) * filter.outputs + block.output + output;
        for (int place = 0; place < 9; place++) places[place] = load_wide(is_back ? turned[place] + (input - square) * kLanes : first + place * filter.size());
        both_ways<FilterPoints>(places, values);
        float* to = points + input * block.outputs + output;
#pragma GCC unroll 36
        for (int point = 0; point < kPoints; point++) store_wide(to + point * block.inputs * block.outputs, values[point]);
      }
    }
}

/** The results of some rows of tiles, for the strip of outputs that begins with `output`. */
template <Side side>
void convolve_strip(const Panels& panels, const Filter& filter, const TileRows& part, const Pictures& y, int64_t output) {
  thread_local Scratch block_memory, result_memory;
  const int64_t outputs = strip_width(y.channels - output), tiles = part.tiles(), step = Points::step_for(tiles, outputs);
  const Points results{result_memory.of(kPoints * step), step, outputs};
  float* points = block_memory.of(kPoints * kBlockInputs * outputs);
  for (int64_t panel = 0; panel < panels.channels(); panel += strip_width(panels.channels() - panel)) {
    const Points from = panels.at(panel, part.first * part.tiling.across);
    for (int64_t input = 0; input < from.channels; input += kBlockInputs) {
      const FilterPart block{panel + input, std::min(kBlockInputs, from.channels - input), output, outputs};
      const int64_t size = block.inputs * outputs;
      block_to_points<side>(filter, block, points);
      for (int64_t point = 0; point < kPoints; point++) {
        const float *x = from.data + point * from.step + input, *weights = points + point * size;
        convolve_strip_row({x, from.channels, 0, weights, 1, 1, block.inputs, outputs, results.data + point * step, outputs, panel + input > 0}, outputs, tiles);
      }
    }
  }
  to_results(results, part, y.from(output));
}

/** y = x convolved with the filter, seen from a side. */
template <Side side>
void convolve_panels(const Pictures& x, const Filter& filter, const TileRows& all, const Pictures& y) {
  Scratch memory;
  const Panels panels(memory.of(Panels::size(all.tiles(), x.channels)), all.tiles(), x.channels);
  to_panels<PicturePoints>(x, all, panels);
  const int64_t at_once = std::max<int64_t>(1, kTilesAtOnce / all.tiling.across), groups = (all.count + at_once - 1) / at_once;
  std::vector<int64_t> outputs;
  for (int64_t output = 0; output < y.channels; output += strip_width(y.channels - output)) outputs.push_back(output);
  in_pieces(groups * static_cast<int64_t>(outputs.size()), 1, [&](int64_t piece, int64_t, int64_t) {
    const int64_t begin = piece % groups * at_once;
    convolve_strip<side>(panels, filter, {all.tiling, begin, std::min(at_once, all.count - begin)}, y, outputs[piece / groups]);
  });
}

/** The gradient of the filter [3, 3, inputs, outputs]; `shape` gives its numbers of channels. */
inline void filter_gradient_panels(const Pictures& x, const Pictures& dy, const TileRows& all, const Filter& shape, float* gradient) {
  Scratch memory;
  const int64_t tiles = all.tiles(), x_size = Panels::size(tiles, x.channels);
  float* data = memory.of(x_size + Panels::size(tiles, dy.channels));
  const Panels from(data, tiles, x.channels), to(data + x_size, tiles, dy.channels);
  to_panels<PicturePoints>(x, all, from);
  to_panels<ResultsAdjoint>(dy, all, to);
  struct PanelBlock {
    int64_t panel;
    FilterPart block;
  };
  std::vector<PanelBlock> blocks;
  for (int64_t output = 0; output < dy.channels; output += strip_width(dy.channels - output))
    for (int64_t panel = 0; panel < x.channels; panel += strip_width(x.channels - panel))
      for (int64_t input = 0, width = strip_width(x.channels - panel); input < width; input += kGradientInputs)
        blocks.push_back({panel, {panel + input, std::min(kGradientInputs, width - input), output, strip_width(dy.channels - output)}});
  in_pieces(static_cast<int64_t>(blocks.size()), 1, [&](int64_t piece, int64_t, int64_t) {
    thread_local Scratch sum_memory;
    const auto& [panel, block] = blocks[piece];
    const int64_t size = block.inputs * block.outputs, within = block.input - panel;
    float* sums = sum_memory.of(kPoints * size);
    std::fill_n(sums, kPoints * size, 0.0f);
    const Points x_points = from.at(panel, 0), dy_points = to.at(block.output, 0);
    for (int64_t point = 0; point < kPoints; point++) {
      const float *x_point = x_points.data + point * x_points.step + within, *dy_point = dy_points.data + point * dy_points.step;
      add_filter_place({x_point, x_points.channels, 0, dy_point, 1, tiles, block.outputs, sums + point * size}, block.inputs);
    }
    filter_from_points(sums, size, shape, block, gradient);
  });
}

}  // namespace likeness
#endif
