#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "parallel.h"

// What the losses have in common: log-sum-exps over a row of exponents, and the shares in them. Exponents are float64, as they may be
// large and their differences count; their differences to the largest, and what comes of those, are float32.
namespace likeness {

/** What a column is to a row: nothing (the row itself, or not mined), the same class, another class; as in loss-pairs.ts. */
constexpr int32_t kOutside = 0, kPositive = 1, kNegative = 2;
constexpr double kNone = -std::numeric_limits<double>::infinity();

/**
 * e^x of x <= 0, right to two units in the last place, in a form that a compiler puts on wide registers; 0 where float32 ends.
 * x = n log 2 + r, |r| <= log 2 / 2, and e^r as Cephes' expf has it (Moshier).
 */
LIKENESS_INLINE float exp_of_negative(float x) {
  constexpr float kSmallest = -87.0f, kRound = 12582912.0f;  // 1.5 x 2^23: adding it rounds to whole numbers
  const float inside = x > kSmallest ? x : kSmallest;
  const float shifted = inside * 1.44269504f + kRound;
  const float n = shifted - kRound;
  const float r = (inside - n * 0.693359375f) + n * 2.12194440e-4f;
  float power = 1.9875691500e-4f;
  power = power * r + 1.3981999507e-3f;
  power = power * r + 8.3334519073e-3f;
  power = power * r + 4.1665795894e-2f;
  power = power * r + 1.6666665459e-1f;
  power = power * r + 5.0000001201e-1f;
  power = power * r * r + r + 1;
  const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
  float two_to_n;
  std::memcpy(&two_to_n, &bits, sizeof bits);
  return x > kSmallest ? power * two_to_n : 0;
}

/** log Σ e^z over the positives and over the negatives of a row; -Infinity where there are none. */
struct Sums {
  double positives;
  double negatives;
};

/** Both sums at once; each exponent's share e^z / Σ e^z of its own side goes to `share`, 0 outside. */
LIKENESS_INLINE Sums to_shares(const double* __restrict z, const int32_t* __restrict role, int64_t columns, float* __restrict share) {
  double largest_positive = kNone, largest_negative = kNone;
#pragma omp simd reduction(max : largest_positive, largest_negative)
  for (int64_t c = 0; c < columns; c++) {
    const double positive = role[c] == kPositive ? z[c] : kNone, negative = role[c] == kNegative ? z[c] : kNone;
    largest_positive = largest_positive > positive ? largest_positive : positive;
    largest_negative = largest_negative > negative ? largest_negative : negative;
  }
  float positives = 0, negatives = 0;
#pragma omp simd reduction(+ : positives, negatives)
  for (int64_t c = 0; c < columns; c++) {
    const double largest = role[c] == kPositive ? largest_positive : role[c] == kNegative ? largest_negative : z[c];
    const float term = role[c] == kOutside ? 0 : exp_of_negative(static_cast<float>(z[c] - largest));
    share[c] = term;
    positives += role[c] == kPositive ? term : 0;
    negatives += role[c] == kNegative ? term : 0;
  }
  const float of_positive = positives > 0 ? 1 / positives : 0, of_negative = negatives > 0 ? 1 / negatives : 0;
#pragma omp simd
  for (int64_t c = 0; c < columns; c++) share[c] *= role[c] == kPositive ? of_positive : of_negative;
  return {largest_positive + std::log(static_cast<double>(positives)), largest_negative + std::log(static_cast<double>(negatives))};
}

/** log(1 + e^z) without overflow. */
inline double softplus(double z) { return (z > 0 ? z : 0) + std::log1p(std::exp(-std::fabs(z))); }

/** 1 / (1 + e^-z), the derivative of softplus. */
inline double sigmoid(double z) { return z >= 0 ? 1 / (1 + std::exp(-z)) : std::exp(z) / (1 + std::exp(z)); }

}  // namespace likeness
