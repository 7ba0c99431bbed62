#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "products.h"
#include "table.h"

namespace likeness {

/** float32 compares rows as they are; int8 their codes, and the few rows that could be among the best as they are. */
enum class Precision { float32, int8 };

/** Probes as the products want them, and how far from the truth a product with each may be. */
struct Probes {
  Probes(const Table& table, const float* values, int64_t given) : count(given), blocks((given + kBlockProbes - 1) / kBlockProbes) {
    const int64_t size = table.size(), padded = blocks * kBlockProbes;
    floats.resize(count * table.stride());
    codes.assign(count * table.code_stride(), kCodeOffset);
    for (auto* of : {&scale, &length, &rest, &slack}) of->assign(padded, 0.0f);
    packed_floats.assign(padded * size, 0.0f);
    packed_codes.assign(padded * up_to(size, 4), kCodeOffset);
    for (int64_t probe = 0; probe < count; probe++) prepare(table, values + probe * size, probe);
  }

  int64_t count, blocks;
  /** [probes, stride]. */
  std::vector<float> floats;
  std::vector<uint8_t> codes;
  /** [blocks, size, kBlockProbes] and [blocks, size / 4, kBlockProbes, 4]. */
  std::vector<float> packed_floats;
  std::vector<uint8_t> packed_codes;
  /** Of each probe: what a code counts, its length, the length of what the codes leave out, what rounding may add. */
  std::vector<float> scale, length, rest, slack;

 private:
  void prepare(const Table& table, const float* values, int64_t probe) {
    const int64_t size = table.size(), block = probe / kBlockProbes, lane = probe % kBlockProbes;
    float greatest = 0;
    double square = 0, left_out = 0;
    for (int64_t column = 0; column < size; column++) {
      greatest = std::max(greatest, std::fabs(values[column]));
      square += static_cast<double>(values[column]) * values[column];
    }
    if (!std::isfinite(square)) throw std::invalid_argument("The probe holds numbers that are not finite.");
    scale[probe] = greatest / kHighestCode;
    for (int64_t column = 0; column < size; column++) {
      const int code = greatest > 0 ? std::clamp(static_cast<int>(std::lrint(values[column] / scale[probe])), -kHighestCode, kHighestCode) : 0;
      const double told = static_cast<double>(scale[probe]) * code;
      left_out += (values[column] - told) * (values[column] - told);
      floats[probe * table.stride() + column] = values[column];
      codes[probe * table.code_stride() + column] = static_cast<uint8_t>(code + kCodeOffset);
      packed_floats[(block * size + column) * kBlockProbes + lane] = values[column];
      packed_codes[(block * up_to(size, 4) + column / 4 * 4) * kBlockProbes + lane * 4 + column % 4] = static_cast<uint8_t>(code + kCodeOffset);
    }
    length[probe] = static_cast<float>(std::sqrt(square)) * 1.000001f;
    rest[probe] = static_cast<float>(std::sqrt(left_out)) * 1.000001f;
    // Each of the sums rounds by half a unit in the last place at most (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
    constexpr float kRounding = 5.97e-8f;
    slack[probe] = static_cast<float>(table.stride() + 16) * kRounding * length[probe] * table.greatest_length();
  }
};

}  // namespace likeness
