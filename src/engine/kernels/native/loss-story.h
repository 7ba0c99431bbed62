#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "kernel.h"

namespace likeness {

/** One item of a loss: rows and columns by index, -1 for none, and the cosines of both sides. */
struct CostlyItem {
  double loss, anchor, positive, negative, positive_cosine, negative_cosine;
};

/** Keeps the dearest items it is offered, as loss-report.ts does: of equals the first. */
class Costliest {
 public:
  static constexpr int64_t kListed = 8;
  double threshold() const { return count_ == kListed ? items_[kListed - 1].loss : 0; }
  bool wants(double loss) const { return loss > threshold() && loss >= floor_; }
  /** Items below this would fall out later anyhow. */
  void raise_floor(double floor) { floor_ = floor; }
  void offer(const CostlyItem& item) {
    if (!wants(item.loss)) return;
    int64_t place = 0;
    while (place < count_ && items_[place].loss >= item.loss) place++;
    if (count_ < kListed) count_++;
    for (int64_t at = count_ - 1; at > place; at--) items_[at] = items_[at - 1];
    items_[place] = item;
  }
  void offer(const Costliest& others) {
    for (int64_t at = 0; at < others.count_; at++) offer(others.items_[at]);
  }
  int64_t count() const { return count_; }
  const CostlyItem& operator[](int64_t at) const { return items_[at]; }

 private:
  std::array<CostlyItem, kListed> items_;
  int64_t count_ = 0;
  double floor_ = 0;
};

/** What the anchors of a batch tell, added up in their order. */
struct LossStory {
  /** Of the losses of all items. */
  double sum = 0;
  double items = 0, active = 0, not_mined = 0;
  /** What positives make of sum and active, where a loss weighs them apart. */
  double positive_sum = 0, positive_active = 0;
  /** Rows without a positive, and without a negative. */
  double no_positive = 0, no_negative = 0;
  /** Σ D² over the positive and over the negative pairs, and how many those are. */
  double near = 0, far = 0, near_count = 0, far_count = 0;
  Costliest costliest;

  void add(const LossStory& row) {
    sum += row.sum;
    items += row.items;
    active += row.active;
    positive_sum += row.positive_sum;
    positive_active += row.positive_active;
    not_mined += row.not_mined;
    no_positive += row.no_positive;
    no_negative += row.no_negative;
    near += row.near;
    far += row.far;
    near_count += row.near_count;
    far_count += row.far_count;
    costliest.offer(row.costliest);
  }
  /** One more item of the loss. Returns whether it is among the dearest so far. */
  bool count(double loss) {
    sum += loss;
    items++;
    if (loss > 0) active++;
    return costliest.wants(loss);
  }
};

/** As read by learning/loss-story.ts: float64, each in the place of two float32. */
inline void write_story(const Call& call, int index, const LossStory& story, double weight) {
  const std::array<double, 10> head{story.sum * weight, story.items, story.active, story.not_mined,  story.no_positive,
                                    story.no_negative,  story.near,  story.far,    story.near_count, story.far_count};
  constexpr int64_t kOfItem = sizeof(CostlyItem) / sizeof(double);
  const Floats out = call.output(index, {2 * (static_cast<int64_t>(head.size()) + kOfItem * story.costliest.count())});
  std::memcpy(out.data(), head.data(), sizeof head);
  for (int64_t at = 0; at < story.costliest.count(); at++)
    std::memcpy(out.data() + 2 * (static_cast<int64_t>(head.size()) + kOfItem * at), &story.costliest[at], sizeof(CostlyItem));
}

}  // namespace likeness
