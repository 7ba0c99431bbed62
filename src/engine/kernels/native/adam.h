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
  float* __restrict next_value = at.next_value;
  float* __restrict next_first = at.next_first;
  float* __restrict next_second = at.next_second;
  for (int64_t i = 0; i < at.size; i++) {
    const float gradient = at.gradient[i] + rates.l2 * at.value[i];
    const float first = beta1 * at.first[i] + (1 - beta1) * gradient;
    const float second = beta2 * at.second[i] + (1 - beta2) * gradient * gradient;
    next_first[i] = first;
    next_second[i] = second;
    next_value[i] = rates.keep * at.value[i] - rates.rate * first / (std::sqrt(second) + rates.epsilon);
  }
}

/** Inputs: rates [count, 4], then `count` values, gradients, first and second moments. Outputs: values, first and second moments. */
class Adam {
 public:
  explicit Adam(const Options& options) : count_(options.integer("count")), beta1_(options.number("beta1")), beta2_(options.number("beta2")) {}

  void compute(const Call& call) const {
    const Floats rates = call.input(0);
    expect(rates.size() == 4 * count_, "LikenessAdam: four rates a parameter are wanted");
    std::vector<Floats> held;
    std::vector<std::pair<AdamPiece, AdamRates>> pieces;
    for (int index = 0; index < count_; index++) {
      const int count = static_cast<int>(count_);
      Floats value = call.input(1 + index), gradient = call.input(1 + count + index);
      Floats first = call.input(1 + 2 * count + index), second = call.input(1 + 3 * count + index);
      const int64_t size = value.size();
      expect(gradient.size() == size && first.size() == size && second.size() == size, "LikenessAdam: a gradient or a moment is not as large as its parameter");
      Floats next_value = call.output(index, value.shape), next_first = call.output(count + index, value.shape);
      Floats next_second = call.output(2 * count + index, value.shape);
      const float* of = rates.data() + 4 * index;
      for (int64_t at = 0; at < size; at += kPiece) {
        pieces.push_back({AdamPiece{value.data() + at, gradient.data() + at, first.data() + at, second.data() + at, next_value.data() + at, next_first.data() + at,
                                    next_second.data() + at, std::min<int64_t>(kPiece, size - at)},
                          AdamRates{of[0], of[1], of[2], of[3]}});
      }
      for (Floats* each : {&value, &gradient, &first, &second, &next_value, &next_first, &next_second}) held.push_back(std::move(*each));
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
