#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <vector>

namespace likeness {

/** A row whose score lies between the two. */
struct Candidate {
  int64_t row;
  float lower, upper;
};

/** The lowest score that is still of use for one probe, told by one thread to the others. */
class Bar {
 public:
  float height() const { return height_.load(std::memory_order_relaxed); }
  void raise(float to) {
    float now = height();
    while (now < to && !height_.compare_exchange_weak(now, to, std::memory_order_relaxed)) {
    }
  }

 private:
  std::atomic<float> height_{-std::numeric_limits<float>::infinity()};
};

/** Of one probe and some rows: every row that could be among the `limit` best. */
class Best {
 public:
  explicit Best(int64_t limit) : limit_(limit) {}

  /** Remembers the row; gives the height that a row's upper bound must reach from now on. */
  float offer(const Candidate& candidate, float height) {
    candidates.push_back(candidate);
    const bool is_full = static_cast<int64_t>(lowers_.size()) == limit_;
    if (is_full && candidate.lower <= lowers_.front()) return height;
    if (is_full) {
      std::pop_heap(lowers_.begin(), lowers_.end(), std::greater<>());
      lowers_.back() = candidate.lower;
    } else {
      lowers_.push_back(candidate.lower);
    }
    std::push_heap(lowers_.begin(), lowers_.end(), std::greater<>());
    return static_cast<int64_t>(lowers_.size()) == limit_ ? std::max(height, lowers_.front()) : height;
  }

  std::vector<Candidate> candidates;

 private:
  int64_t limit_;
  /** The greatest lower bounds, the least of them first. */
  std::vector<float> lowers_;
};

}  // namespace likeness
