#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "loss-rows.h"
#include "strips.h"

namespace likeness {

/** What a row told of its similarities to the classes, as learning/proxy-story.ts reads it. */
struct RowTold {
  double loss;
  /** The similarity to the own class, and Σ of those to all. */
  double own, all;
  /** The nearest other class and its similarity; -1 and 0 where there is none. */
  double rival, rival_similarity;
};

/** Similarities of a row to all classes. */
struct ClassRow {
  float* values;
  int64_t classes, own;
};

constexpr float kLeftOut = -std::numeric_limits<float>::infinity();

/** All but the loss; then the own entry is left out: -Infinity. */
LIKENESS_INLINE RowTold look_at(const ClassRow& row) {
  const float own = row.values[row.own];
  float all = 0, most = kLeftOut;
#pragma omp simd reduction(+ : all)
  for (int64_t c = 0; c < row.classes; c++) all += row.values[c];
  row.values[row.own] = kLeftOut;
#pragma omp simd reduction(max : most)
  for (int64_t c = 0; c < row.classes; c++) most = most > row.values[c] ? most : row.values[c];
  if (row.classes == 1) return {0, own, all, -1, 0};
  int64_t rival = 0;
  while (rival < row.classes - 1 && row.values[rival] != most) rival++;
  return {0, own, all, static_cast<double>(rival), most};
}

/** A similarity becomes a logit, whose slope is its derivative. */
struct Logit {
  double value, slope;
};

/** The softmax of a row: what is added with, what the other classes' similarities are multiplied with, and the choices of the recipe. */
struct Softmax {
  /** Logit of another class: scale x S. */
  double scale;
  /** 1 / rows: the loss is their mean. */
  double weight;
  /** Not in the denominator (ProxyNCA). */
  bool leaves_own_out;
  /** Label smoothing: the share of each other class. */
  double smoothing;
};

/** What the rounding of a probability of 1 hides costs nothing, as in softmax-over-proxies.ts. */
inline double or_nothing(double loss) { return loss < 0x1p-23 ? 0 : loss; }

/** −log softmax of the own class, whose logit is given; similarities become ∂L/∂S. */
LIKENESS_INLINE void cross_entropy(const ClassRow& row, const Softmax& by, const Logit& own, RowTold& told) {
  float* values = row.values;
  const float scale = static_cast<float>(by.scale), most = row.classes == 1 ? kLeftOut : static_cast<float>(told.rival_similarity);
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t c = 0; c < row.classes; c++) {
    values[c] = exp_of_negative(scale * (values[c] - most));
    sum += values[c];
  }
  if (by.leaves_own_out && row.classes == 1) {
    values[0] = 0;
    return;
  }
  const double gap = by.scale * most + std::log(static_cast<double>(sum)) - own.value;
  const double wrong = by.leaves_own_out ? 1 : sigmoid(gap);
  told.loss = (by.leaves_own_out ? gap : or_nothing(softplus(gap)));
  const float share = sum > 0 ? static_cast<float>(by.scale * by.weight * wrong / sum) : 0;
  const float off = static_cast<float>(by.scale * by.weight * by.smoothing);
#pragma omp simd
  for (int64_t c = 0; c < row.classes; c++) values[c] = values[c] * share - off;
  const double classes = static_cast<double>(row.classes);
  values[row.own] = static_cast<float>(by.weight * (by.scale * by.smoothing * (classes - 1) - own.slope * wrong));
  told.loss += by.scale * by.smoothing * (classes * told.own - told.all);
}

/** The largest similarity to the centres of each class, and the column it stands in; of equals the first. */
LIKENESS_INLINE void nearest_centres(const float* values, int64_t classes, int64_t per_class, float* nearest, int32_t* column) {
  for (int64_t c = 0; c < classes; c++) {
    const int64_t first = c * per_class;
    float most = values[first];
    int64_t at = first;
    for (int64_t other = first + 1; other < first + per_class; other++) {
      at = values[other] > most ? other : at;
      most = values[other] > most ? values[other] : most;
    }
    nearest[c] = most;
    column[c] = static_cast<int32_t>(at);
  }
}

}  // namespace likeness
