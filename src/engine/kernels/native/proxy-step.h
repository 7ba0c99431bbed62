#pragma once

#include <cstring>

#include "proxy-losses.h"

namespace likeness {

/**
 * A loss over the similarities S = F Qᵀ of the rows of a batch to the proxies of all classes: value and both gradients at once. Inputs: F
 * [batch, width], Q [classes x per class, width], the class of each row, whole numbers. Outputs: ∂L/∂F = G Q, ∂L/∂Q = Gᵀ F with G = ∂L/∂S,
 * and what the loss told: float64, each in the place of two float32, the value and then RowTold for each row.
 */
template <typename Loss>
class ProxyStep {
 public:
  explicit ProxyStep(const Options& options) : loss_(options) {}

  void compute(const Call& call) const {
    const Floats f = call.input(0), q = call.input(1), labels = call.input(2);
    expect(has_wide_registers(), "LikenessProxies: this processor has no registers of 16 floats");
    expect(f.shape.size() == 2 && q.shape.size() == 2 && f.shape[1] == q.shape[1], "LikenessProxies: rows and proxies of one width are wanted");
    const int64_t rows = f.shape[0], columns = q.shape[0], classes = columns / loss_.per_class();
    expect(rows > 0 && columns > 0 && columns == classes * loss_.per_class(), "LikenessProxies: rows, and as many proxies for each class, are wanted");
    expect(labels.size() == rows, "LikenessProxies: a class for each row is wanted");
    for (int64_t row = 0; row < rows; row++) expect(labels.data()[row] >= 0 && labels.data()[row] < classes, "LikenessProxies: a row is of a class that is not there");
    const Floats df = call.output(0, f.shape), dq = call.output(1, q.shape);
    std::vector<RowTold> told(rows);
    double value = 0;
    for (int64_t first = 0, some; first < rows; first += some) {
      some = std::min(loss_.at_once(rows), rows - first);
      value += step({f.data() + first * f.shape[1], some, f.shape[1]}, {q.data(), columns, q.shape[1]}, {{{}, labels.data() + first, rows}, told.data() + first, {df.data() + first * f.shape[1], dq.data(), first > 0}});
    }
    constexpr int64_t kOfRow = sizeof(RowTold) / sizeof(double);
    const Floats story = call.output(2, {2 * (1 + kOfRow * rows)});
    std::memcpy(story.data(), &value, sizeof value);
    std::memcpy(story.data() + 2, told.data(), rows * sizeof(RowTold));
  }

 private:
  struct Step {
    ProxyTable table;
    RowTold* told;
    Gradients to;
  };

  /** Of some rows, of which the table is filled here. */
  double step(const Matrix& f, const Matrix& q, Step of) const {
    thread_local Scratch memory;
    const int64_t width = strips_of(q.rows) * kStrip;
    of.table.table = {memory.of(f.rows * width), f.rows, q.rows, width};
    multiply_turned(f, q, of.table.table);
    const double value = loss_.weigh(of.table, of.told);
    multiply_back(of.table.table, f, q, of.to);
    return value;
  }

  Loss loss_;
};

}  // namespace likeness
