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
    thread_local Scratch memory;
    const int64_t step = strips_of(columns) * kStrip;
    const Table table{memory.of(rows * step), rows, columns, step};
    const Matrix of_rows{f.data(), rows, f.shape[1]}, of_proxies{q.data(), columns, q.shape[1]};
    multiply_turned(of_rows, of_proxies, table);
    std::vector<RowTold> told(rows);
    const double value = loss_.weigh({table, labels.data()}, told);
    const Floats df = call.output(0, f.shape), dq = call.output(1, q.shape);
    multiply_back(table, of_rows, of_proxies, df.data(), dq.data());
    constexpr int64_t kOfRow = sizeof(RowTold) / sizeof(double);
    const Floats story = call.output(2, {2 * (1 + kOfRow * rows)});
    std::memcpy(story.data(), &value, sizeof value);
    std::memcpy(story.data() + 2, told.data(), rows * sizeof(RowTold));
  }

 private:
  Loss loss_;
};

}  // namespace likeness
