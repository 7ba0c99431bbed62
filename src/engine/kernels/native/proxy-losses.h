#pragma once

#include <numeric>

#include "proxy-rows.h"

// Losses over the similarities of rows to the proxies of all classes, each as its file in learning/losses has it, where the papers are named.
namespace likeness {

/** Similarities S of some rows of a batch, which a loss turns into ∂L/∂S, and the class of each row. */
struct ProxyTable {
  Table table;
  const float* labels;
  int64_t batch;
  int64_t own(int64_t row) const { return static_cast<int64_t>(labels[row]); }
  float* row(int64_t row) const { return table.values + row * table.step; }
};

constexpr int64_t kRowsInPiece = 8;

/** The logits of the own class. */
enum class OwnLogit : int64_t { kPlain = 0, kLeftOut = 1, kCosineMargin = 2, kAngle = 3, kAngleAsIdentity = 4 };

/** Cross-entropy of the softmax over the classes, of which each has one proxy or is as similar as its nearest one. */
class SoftmaxOverProxies {
 public:
  explicit SoftmaxOverProxies(const Options& options)
      : scale_(options.number("scale")), margin_(options.number("margin")), smoothing_(options.number("smoothing")), own_(static_cast<OwnLogit>(options.integer("own"))), per_class_(options.integer("per_class")) {}

  int64_t per_class() const { return per_class_; }
  /** Each row for itself: as many as stay in the cache. */
  int64_t at_once(int64_t rows) const { return std::min<int64_t>(rows, 1024); }

  /** What the rows add to the value. */
  double weigh(const ProxyTable& of, RowTold* told) const {
    const int64_t classes = of.table.columns / per_class_;
    const double smoothing = classes > 1 ? smoothing_ / static_cast<double>(classes - 1) : 0;
    const Softmax by{scale_, 1.0 / static_cast<double>(of.batch), own_ == OwnLogit::kLeftOut, smoothing};
    in_pieces(of.table.rows, kRowsInPiece, [&](int64_t, int64_t begin, int64_t end) {
      std::vector<float> nearest(per_class_ > 1 ? classes : 0);
      std::vector<int32_t> column(nearest.size());
      for (int64_t row = begin; row < end; row++) told[row] = per_class_ > 1 ? of_centres(of, by, row, nearest, column) : of_classes({of.row(row), classes, of.own(row)}, by);
    });
    double sum = 0;
    for (int64_t row = 0; row < of.table.rows; row++) sum += told[row].loss;
    return sum * by.weight;
  }

 private:
  LIKENESS_CLONES RowTold of_classes(const ClassRow& row, const Softmax& by) const {
    RowTold told = look_at(row);
    cross_entropy(row, by, logit(told.own), told);
    return told;
  }

  LIKENESS_CLONES RowTold of_centres(const ProxyTable& of, const Softmax& by, int64_t row, std::vector<float>& nearest, std::vector<int32_t>& column) const {
    const int64_t classes = static_cast<int64_t>(nearest.size());
    nearest_centres(of.row(row), classes, per_class_, nearest.data(), column.data());
    RowTold told = of_classes({nearest.data(), classes, of.own(row)}, by);
    std::fill_n(of.row(row), of.table.columns, 0.0f);
    for (int64_t c = 0; c < classes; c++) of.row(row)[column[c]] = nearest[c];
    return told;
  }

  Logit logit(double similarity) const {
    if (own_ == OwnLogit::kPlain || own_ == OwnLogit::kLeftOut) return {scale_ * similarity, scale_};
    if (own_ == OwnLogit::kCosineMargin) return {scale_ * (similarity - margin_), scale_};
    constexpr double kPi = 3.14159265358979323846, kSmallestSine = 1e-6;
    const double cosine = similarity > 1 ? 1 : similarity < -1 ? -1 : similarity, angle = std::acos(cosine);
    if (angle + margin_ > kPi) return {scale_ * (cosine - margin_ * std::sin(margin_)), scale_};
    const double slope = own_ == OwnLogit::kAngle ? std::sin(angle + margin_) / std::max(std::sin(angle), kSmallestSine) : 1;
    return {scale_ * std::cos(angle + margin_), scale_ * slope};
  }

  double scale_, margin_, smoothing_;
  OwnLogit own_;
  int64_t per_class_;
};

/** Columns of the table, [rows, width], as anchors for the rows of other classes: entries become α/C softmax₀; gives Σ log(1 + Σ e^{α (S + δ)}). */
LIKENESS_CLONES inline double push_away(const Table& of, double alpha, double delta, double weight) {
  float most[kStrip], sum[kStrip], share[kStrip];
  const int64_t width = of.columns;
  std::fill_n(most, width, kLeftOut);
  std::fill_n(sum, width, 0.0f);
  for (int64_t row = 0; row < of.rows; row++)
    for (int64_t c = 0; c < width; c++) most[c] = most[c] > of.values[row * of.step + c] ? most[c] : of.values[row * of.step + c];
  for (int64_t row = 0; row < of.rows; row++) {
    float* values = of.values + row * of.step;
#pragma omp simd
    for (int64_t c = 0; c < width; c++) {
      values[c] = exp_of_negative(static_cast<float>(alpha) * (values[c] - most[c]));
      sum[c] += values[c];
    }
  }
  double pushed = 0;
  for (int64_t c = 0; c < width; c++) {
    const double all = sum[c] > 0 ? alpha * (most[c] + delta) + std::log(static_cast<double>(sum[c])) : kNone;
    pushed += softplus(all);
    share[c] = sum[c] > 0 ? static_cast<float>(alpha * weight * sigmoid(all) / sum[c]) : 0;
  }
  for (int64_t row = 0; row < of.rows; row++)
    for (int64_t c = 0; c < width; c++) of.values[row * of.step + c] *= share[c];
  return pushed * weight;
}

/** 1/|P⁺| Σ_{c in batch} log(1 + Σ_{y=c} e^{−α(S − δ)}) + 1/C Σ_c log(1 + Σ_{y≠c} e^{α(S + δ)}) */
class ProxyAnchor {
 public:
  explicit ProxyAnchor(const Options& options) : alpha_(options.number("alpha")), delta_(options.number("delta")) {}

  int64_t per_class() const { return 1; }
  int64_t at_once(int64_t rows) const { return rows; }

  double weigh(const ProxyTable& of, RowTold* told) const {
    const int64_t rows = of.table.rows, classes = of.table.columns;
    in_pieces(rows, kRowsInPiece, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++) told[row] = look({of.row(row), classes, of.own(row)});
    });
    std::vector<double> exponents(rows), slopes(rows), pushed(strips_of(classes));
    for (int64_t row = 0; row < rows; row++) {
      exponents[row] = -alpha_ * (told[row].own - delta_);
      told[row].loss = softplus(exponents[row]) / static_cast<double>(rows);
    }
    double value = pull(of, exponents, slopes);
    in_pieces(classes, kStrip, [&](int64_t strip, int64_t begin, int64_t end) {
      pushed[strip] = push_away({of.table.values + begin, rows, end - begin, of.table.step}, alpha_, delta_, 1.0 / static_cast<double>(classes));
      for (int64_t row = 0; row < rows; row++)
        if (of.own(row) >= begin && of.own(row) < end) of.row(row)[of.own(row)] = static_cast<float>(-alpha_ * slopes[row]);
    });
    for (const double strip : pushed) value += strip;
    return value;
  }

 private:
  LIKENESS_CLONES static RowTold look(const ClassRow& row) { return look_at(row); }

  /** The first sum, and its derivative with respect to each exponent. */
  static double pull(const ProxyTable& of, const std::vector<double>& exponents, std::vector<double>& slopes) {
    std::vector<int64_t> order(exponents.size());
    std::iota(order.begin(), order.end(), int64_t{0});
    std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return of.labels[a] < of.labels[b]; });
    double value = 0, classes = 0;
    for (size_t begin = 0, end = 0; begin < order.size(); begin = end, classes++) {
      double largest = 0, sum = 0;
      for (; end < order.size() && of.labels[order[end]] == of.labels[order[begin]]; end++) largest = std::max(largest, exponents[order[end]]);
      for (size_t at = begin; at < end; at++) sum += std::exp(exponents[order[at]] - largest);
      const double all = largest + std::log1p(sum + std::expm1(-largest));
      for (size_t at = begin; at < end; at++) slopes[order[at]] = std::exp(exponents[order[at]] - all);
      value += all;
    }
    for (double& slope : slopes) slope /= classes;
    return value / classes;
  }

  double alpha_, delta_;
};

}  // namespace likeness
