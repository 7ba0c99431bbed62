#pragma once

#include <cmath>

#include "kernel.h"
#include "parallel.h"

namespace likeness {

/** What differs between the parameters of a step. */
struct AdamRates {
  /** With both bias corrections in it. */
  float rate;
  float epsilon;
  /** Times the value, added to the gradient (Adam's weight decay). */
  float l2;
  /** Times the value (AdamW's weight decay). */
  float keep;
};

/** The next numbers may be written where the present ones are. */
struct AdamPiece {
  const float* value;
  const float* gradient;
  const float* first;
  const float* second;
  float* next_value;
  float* next_first;
  float* next_second;
  int64_t size;
};

LIKENESS_CLONES inline void step_piece(const AdamPiece& at, const AdamRates& rates, float beta1, float beta2) {
  LIKENESS_APART
  for (int64_t i = 0; i < at.size; i++) {
    const float gradient = at.gradient[i] + rates.l2 * at.value[i];
    const float first = beta1 * at.first[i] + (1 - beta1) * gradient;
    const float second = beta2 * at.second[i] + (1 - beta2) * gradient * gradient;
    const float value = rates.keep * at.value[i] - rates.rate * first / (std::sqrt(second) + rates.epsilon);
    at.next_first[i] = first;
    at.next_second[i] = second;
    at.next_value[i] = value;
  }
}

/**
 * Inputs: rates [count, 4], then `count` values, gradients, first and second moments. Outputs: values, first and second moments; none
 * where the inputs themselves are changed, which the caller knows that nobody else reads.
 */
template <bool in_place>
class Adam {
 public:
  explicit Adam(const Options& options) : count_(options.integer("count")), beta1_(options.number("beta1")), beta2_(options.number("beta2")) {}

  void compute(const Call& call) const {
    const Floats rates = call.input(0);
    expect(rates.size() == 4 * count_, "LikenessAdam: four rates a parameter are wanted");
    const int count = static_cast<int>(count_);
    std::vector<Floats> held;
    std::vector<std::pair<AdamPiece, AdamRates>> pieces;
    for (int index = 0; index < count; index++) {
      Floats gradient = call.input(1 + count + index);
      // Values, first and second moments.
      float *present[3], *next[3];
      for (int part = 0; part < 3; part++) {
        const int input = part == 0 ? index : (1 + part) * count + index;
        held.push_back(call.input(1 + input));
        expect(held.back().size() == gradient.size(), "LikenessAdam: a gradient or a moment is not as large as its parameter");
        present[part] = next[part] = held.back().data();
        if (in_place) continue;
        held.push_back(call.output(part * count + index, held.back().shape));
        next[part] = held.back().data();
      }
      const float* of = rates.data() + 4 * index;
      for (int64_t at = 0; at < gradient.size(); at += kPiece) {
        pieces.push_back({AdamPiece{present[0] + at, gradient.data() + at, present[1] + at, present[2] + at, next[0] + at, next[1] + at, next[2] + at,
                                    std::min<int64_t>(kPiece, gradient.size() - at)},
                          AdamRates{of[0], of[1], of[2], of[3]}});
      }
      held.push_back(std::move(gradient));
    }
    in_pieces(static_cast<int64_t>(pieces.size()), kPiecesAtOnce, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t piece = begin; piece < end; piece++) step_piece(pieces[piece].first, pieces[piece].second, beta1_, beta2_);
    });
  }

 private:
  static constexpr int64_t kPiece = 16384;
  static constexpr int64_t kPiecesAtOnce = 4;

  int64_t count_;
  float beta1_;
  float beta2_;
};

}  // namespace likeness
