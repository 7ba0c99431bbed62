#pragma once

#include "anchors.h"

// The losses of one anchor, each as its file in learning/losses has it, where the papers are named. z are exponents.
namespace likeness {

/** Positives and negatives with factors of their own: gradient = factor x share. */
LIKENESS_INLINE void weigh(const Anchor& at, const int32_t* role, float of_positive, float of_negative) {
#pragma omp simd
  for (int64_t c = 0; c < at.columns; c++) at.gradient[c] = at.share[c] * (role[c] == kPositive ? of_positive : of_negative);
}

/** Σ_p softplus(log Σ_n e^{S_n/τ} − S_p/τ) */
LIKENESS_CLONES inline void nt_xent(const Anchor& at, double sharpness, LossStory& story) {
  if (at.positives.empty()) return;
  for (int64_t c = 0; c < at.columns; c++) at.z[c] = at.similarity[c] * sharpness;
  const double others = to_shares(at.z, at.role, at.columns, at.share).negatives;
  double pushed = 0;
  for (const int32_t positive : at.positives) pushed += sigmoid(others - at.z[positive]);
  weigh(at, at.role, 0, static_cast<float>(pushed * sharpness));
  for (const int32_t positive : at.positives) {
    const double gap = others - at.z[positive];
    at.gradient[positive] = static_cast<float>(-sigmoid(gap) * sharpness);
    const double loss = softplus(gap);
    if (!story.count(loss)) continue;
    CostlyItem item = extremes(at, at.role, loss);
    item.positive = positive;
    item.positive_cosine = at.cosine[positive];
    story.costliest.offer(item);
  }
}

/** log Σ_k e^{S_k/τ} − mean_p S_p/τ over positives and negatives k */
LIKENESS_CLONES inline void sup_con(const Anchor& at, double sharpness, LossStory& story) {
  if (at.positives.empty()) return;
  for (int64_t c = 0; c < at.columns; c++) at.z[c] = at.similarity[c] * sharpness;
  const Sums of = to_shares(at.z, at.role, at.columns, at.share);
  const double all = of.positives + softplus(of.negatives - of.positives);
  const double matches = static_cast<double>(at.positives.size());
  weigh(at, at.role, static_cast<float>(sharpness * std::exp(of.positives - all)), static_cast<float>(sharpness * std::exp(of.negatives - all)));
  double matching = 0;
  for (const int32_t positive : at.positives) {
    matching += at.z[positive] / matches;
    at.gradient[positive] -= static_cast<float>(sharpness / matches);
  }
  const double loss = all - matching;
  if (story.count(loss)) story.costliest.offer(extremes(at, at.role, loss));
}

/** −log Σ_p softmax_k(−scale D²) = softplus(log Σ_n − log Σ_p) */
LIKENESS_CLONES inline void nca(const Anchor& at, double scale, LossStory& story) {
  if (at.positives.empty()) return;
  for (int64_t c = 0; c < at.columns; c++) at.z[c] = scale * (2.0 * at.similarity[c] - at.squared_norms[c]);
  const Sums of = to_shares(at.z, at.role, at.columns, at.share);
  const double gap = of.negatives - of.positives;
  const float wrong = static_cast<float>(2 * scale * sigmoid(gap));
  weigh(at, at.role, -wrong, wrong);
  const double loss = softplus(gap);
  if (story.count(loss)) story.costliest.offer(extremes(at, at.role, loss));
}

/** softplus(log Σ_p e^{−γ α_p (S_p − 1 + m)} + log Σ_n e^{γ α_n (S_n − m)}), the α constants to the gradient */
LIKENESS_CLONES inline void circle(const Anchor& at, double gamma, double margin, LossStory& story) {
  if (at.positives.empty() || at.negatives == 0) return;
#pragma omp simd
  for (int64_t c = 0; c < at.columns; c++) {
    const double s = at.similarity[c], pull = 1 + margin - s, push = s + margin;
    at.z[c] = at.role[c] == kPositive ? -gamma * (pull > 0 ? pull : 0) * (s - 1 + margin) : gamma * (push > 0 ? push : 0) * (s - margin);
  }
  const Sums of = to_shares(at.z, at.role, at.columns, at.share);
  const double slope = gamma * sigmoid(of.positives + of.negatives);
#pragma omp simd
  for (int64_t c = 0; c < at.columns; c++) {
    const double s = at.similarity[c], pull = 1 + margin - s, push = s + margin;
    at.gradient[c] = static_cast<float>(slope * at.share[c] * (at.role[c] == kPositive ? -(pull > 0 ? pull : 0) : (push > 0 ? push : 0)));
  }
  const double loss = softplus(of.positives + of.negatives);
  if (story.count(loss)) story.costliest.offer(extremes(at, at.role, loss));
}

struct MultiSimilarityOptions {
  double alpha, beta, lambda, epsilon;
  bool mines, keeps_one_sided;
};

/** The pairs that break the order, or come within ε of it; both strictly. Returns how many positives and negatives are kept. */
LIKENESS_INLINE std::pair<int32_t, int32_t> mine(const Anchor& at, double epsilon) {
  constexpr float kFar = std::numeric_limits<float>::infinity();
  float least = kFar, most = -kFar;
#pragma omp simd reduction(min : least) reduction(max : most)
  for (int64_t c = 0; c < at.columns; c++) {
    const float positive = at.role[c] == kPositive ? at.similarity[c] : kFar, negative = at.role[c] == kNegative ? at.similarity[c] : -kFar;
    least = least < positive ? least : positive;
    most = most > negative ? most : negative;
  }
  const double below = most + epsilon, above = least - epsilon;
  int32_t positives = 0, negatives = 0;
#pragma omp simd reduction(+ : positives, negatives)
  for (int64_t c = 0; c < at.columns; c++) {
    const double s = at.similarity[c];
    const int32_t keeps = at.role[c] == kPositive ? s < below : s > above;
    at.kept[c] = keeps ? at.role[c] : kOutside;
    positives += at.kept[c] == kPositive ? 1 : 0;
    negatives += at.kept[c] == kNegative ? 1 : 0;
  }
  return {positives, negatives};
}

/** 1/α log[1 + Σ_p e^{−α(S_p − λ)}] + 1/β log[1 + Σ_n e^{β(S_n − λ)}] over the mined pairs */
LIKENESS_CLONES inline void multi_similarity(const Anchor& at, const MultiSimilarityOptions& by, LossStory& story) {
  story.items++;
  const auto [positives, negatives] = by.mines ? mine(at, by.epsilon) : std::pair<int32_t, int32_t>(static_cast<int32_t>(at.positives.size()), static_cast<int32_t>(at.negatives));
  const int32_t* role = by.mines ? at.kept : at.role;
  if (positives + negatives == 0 || (!by.keeps_one_sided && (positives == 0 || negatives == 0))) {
    if (!at.positives.empty() && at.negatives > 0) story.not_mined++;
    return;
  }
#pragma omp simd
  for (int64_t c = 0; c < at.columns; c++) at.z[c] = (role[c] == kPositive ? -by.alpha : by.beta) * (at.similarity[c] - by.lambda);
  const Sums of = to_shares(at.z, role, at.columns, at.share);
  weigh(at, role, static_cast<float>(-sigmoid(of.positives)), static_cast<float>(sigmoid(of.negatives)));
  const double loss = softplus(of.positives) / by.alpha + softplus(of.negatives) / by.beta;
  story.sum += loss;
  story.active++;
  if (story.costliest.wants(loss)) story.costliest.offer(extremes(at, role, loss));
}

class NtXent : public MeanOverItems {
 public:
  explicit NtXent(const Options& options) : sharpness_(1.0 / options.number("temperature")) {}
  void of(const Anchor& at, LossStory& story) const { nt_xent(at, sharpness_, story); }

 private:
  double sharpness_;
};

class SupCon : public MeanOverItems {
 public:
  explicit SupCon(const Options& options) : sharpness_(1.0 / options.number("temperature")) {}
  void of(const Anchor& at, LossStory& story) const { sup_con(at, sharpness_, story); }

 private:
  double sharpness_;
};

class Nca : public MeanOverItems {
 public:
  explicit Nca(const Options& options) : scale_(options.number("scale")) {}
  void of(const Anchor& at, LossStory& story) const { nca(at, scale_, story); }

 private:
  double scale_;
};

class Circle : public MeanOverItems {
 public:
  explicit Circle(const Options& options) : gamma_(options.number("gamma")), margin_(options.number("margin")) {}
  void of(const Anchor& at, LossStory& story) const { circle(at, gamma_, margin_, story); }

 private:
  double gamma_;
  double margin_;
};

class MultiSimilarity : public MeanOverItems {
 public:
  explicit MultiSimilarity(const Options& options)
      : by_{options.number("alpha"), options.number("beta"), options.number("lambda"), options.number("epsilon"), options.integer("mines") != 0, options.integer("keeps_one_sided") != 0} {}
  void of(const Anchor& at, LossStory& story) const { multi_similarity(at, by_, story); }

 private:
  MultiSimilarityOptions by_;
};

}  // namespace likeness
