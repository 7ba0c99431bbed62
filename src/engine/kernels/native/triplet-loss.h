#pragma once

#include "anchors.h"

namespace likeness {

enum class TripletDistance : int64_t { kSquaredEuclidean = 0, kEuclidean = 1, kCosine = 2 };

enum class Reduction : int64_t { kSum = 0, kMean = 1, kMeanNonzero = 2 };

/** How many negatives an active triplet of one positive has, and Σ of their hinges; each takes 1 off its count. */
struct ActiveTriplets {
  double count;
  double sum;
};

LIKENESS_INLINE ActiveTriplets count_active(const Anchor& at, double reach) {
  float count = 0;
  double sum = 0;
#pragma omp simd reduction(+ : count, sum)
  for (int64_t c = 0; c < at.columns; c++) {
    const double gap = reach - at.z[c];
    const bool is_active = at.role[c] == kNegative && gap > 0;
    count += is_active ? 1.0f : 0.0f;
    sum += is_active ? gap : 0;
    at.gradient[c] -= is_active ? 1.0f : 0.0f;
  }
  return {count, sum};
}

/** Σ [D_ap − D_an + α]₊ over every triplet of the anchor. */
LIKENESS_CLONES inline void triplets(const Anchor& at, TripletDistance distance, double margin, LossStory& story) {
  if (at.positives.empty() || at.negatives == 0) return;
#pragma omp simd
  for (int64_t c = 0; c < at.columns; c++) {
    const double squared = at.squared_norms[c] - 2.0 * at.similarity[c];
    at.z[c] = distance == TripletDistance::kCosine ? 1.0 - at.similarity[c] : squared > 0 ? squared : 0;
  }
  if (distance == TripletDistance::kEuclidean)
    for (int64_t c = 0; c < at.columns; c++) at.z[c] = std::sqrt(at.z[c]);
  int32_t farthest = at.positives.front();
  for (const int32_t positive : at.positives) {
    if (at.z[positive] >= at.z[farthest]) farthest = positive;
    const ActiveTriplets active = count_active(at, at.z[positive] + margin);
    at.gradient[positive] += static_cast<float>(active.count);
    story.active += active.count;
    story.sum += active.sum;
  }
  story.items += static_cast<double>(at.positives.size()) * static_cast<double>(at.negatives);
  const double reach = at.z[farthest] + margin;
  double nearest = std::numeric_limits<double>::infinity();
#pragma omp simd reduction(min : nearest)
  for (int64_t c = 0; c < at.columns; c++) {
    const double negative = at.role[c] == kNegative ? at.z[c] : std::numeric_limits<double>::infinity();
    nearest = nearest < negative ? nearest : negative;
  }
  // Most rows have nothing dear enough to be listed.
  for (int64_t c = 0; story.costliest.wants(reach - nearest) && c < at.columns; c++)
    if (at.role[c] == kNegative && story.costliest.wants(reach - at.z[c]))
      story.costliest.offer({reach - at.z[c], static_cast<double>(at.row), static_cast<double>(farthest), static_cast<double>(c), at.cosine[farthest], at.cosine[c]});
  if (distance == TripletDistance::kEuclidean) {
#pragma omp simd
    for (int64_t c = 0; c < at.columns; c++) at.gradient[c] *= at.z[c] * at.z[c] < kCoincident ? 0 : static_cast<float>(-1 / at.z[c]);
  } else {
    const float slope = distance == TripletDistance::kCosine ? -1 : -2;
    for (int64_t c = 0; c < at.columns; c++) at.gradient[c] *= slope;
  }
}

class Triplet : public SidesAlike {
 public:
  explicit Triplet(const Options& options)
      : distance_(static_cast<TripletDistance>(options.integer("distance"))), margin_(options.number("margin")), reduction_(static_cast<Reduction>(options.integer("reduction"))) {}
  void of(const Anchor& at, LossStory& story) const { triplets(at, distance_, margin_, story); }
  double weight(const LossStory& story) const {
    const double divisor = reduction_ == Reduction::kSum ? 1 : reduction_ == Reduction::kMean ? story.items : story.active;
    return divisor > 0 ? 1 / divisor : 0;
  }

 private:
  TripletDistance distance_;
  double margin_;
  Reduction reduction_;
};

}  // namespace likeness
