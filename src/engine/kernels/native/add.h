#pragma once

#include "kernel.h"
#include "parallel.h"

namespace likeness {

LIKENESS_CLONES inline void add_floats(const float* a, const float* b, int64_t count, float* sum) {
  LIKENESS_APART
  for (int64_t at = 0; at < count; at++) sum[at] = a[at] + b[at];
}

/** Inputs: a and b, as large. Output: their sum. On threads that are awake, and have some of a and b in their caches. */
class Add {
 public:
  explicit Add(const Options&) {}

  void compute(const Call& call) const {
    const Floats a = call.input(0), b = call.input(1);
    expect(a.shape == b.shape, "LikenessAdd: two tensors of one shape are wanted");
    const Floats sum = call.output(0, a.shape);
    in_pieces(a.size(), kPiece, [&](int64_t, int64_t begin, int64_t end) { add_floats(a.data() + begin, b.data() + begin, end - begin, sum.data() + begin); });
  }

 private:
  static constexpr int64_t kPiece = 16384;
};

}  // namespace likeness
