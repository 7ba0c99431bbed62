#pragma once

#include "contrastive-loss.h"
#include "pair-losses.h"
#include "pair-table.h"
#include "proxy-step.h"
#include "row-norms.h"
#include "triplet-loss.h"
#include "tuple-step.h"
#include "unit-rows.h"

namespace likeness {

/** From products of rows, and from the rows themselves. */
template <typename Loss>
void register_pair_loss(const char* of_products, const char* of_rows, const std::vector<const char*>& attributes) {
  register_operation<PairTableLoss<Loss>>({of_products, {"products: float", "norms: float", "labels: float"}, {"weights: float", "story: float"}, attributes});
  register_operation<PairStep<Loss>>({of_rows, {"x: float", "norms: float", "labels: float"}, {"gradient: float", "story: float"}, attributes});
}

inline void register_losses() {
  const std::vector<const char*> tuples{"x: float", "norms: float", "labels: float", "anchors: float", "others: float"};
  register_operation<RowNorms>({"LikenessRowNorms", {"x: float"}, {"norms: float"}, {}});
  register_operation<UnitRows>({"LikenessUnitRows", {"x: float"}, {"unit: float", "norms: float"}, {}});
  register_operation<UnitRowsGradient>({"LikenessUnitRowsGradient", {"dy: float", "unit: float", "norms: float"}, {"dx: float"}, {}});
  register_pair_loss<NtXent>("LikenessNtXent", "LikenessNtXentStep", {"temperature: float"});
  register_pair_loss<SupCon>("LikenessSupCon", "LikenessSupConStep", {"temperature: float"});
  register_pair_loss<Nca>("LikenessNca", "LikenessNcaStep", {"scale: float"});
  register_pair_loss<Circle>("LikenessCircle", "LikenessCircleStep", {"gamma: float", "margin: float"});
  register_pair_loss<MultiSimilarity>("LikenessMultiSimilarity", "LikenessMultiSimilarityStep",
                                      {"alpha: float", "beta: float", "lambda: float", "epsilon: float", "mines: int", "keeps_one_sided: int"});
  register_pair_loss<Contrastive>("LikenessContrastive", "LikenessContrastiveStep", {"form: int", "margin: float", "positive_margin: float"});
  register_pair_loss<Triplet>("LikenessTriplet", "LikenessTripletStep", {"distance: int", "margin: float", "reduction: int"});
  register_operation<TupleStep<NtXent>>({"LikenessNPair", tuples, {"gradient: float", "story: float"}, {"temperature: float", "norm_weight: float"}});
  const std::vector<const char*> proxies{"f: float", "q: float", "labels: float"}, gradients{"df: float", "dq: float", "story: float"};
  register_operation<ProxyStep<SoftmaxOverProxies>>(
      {"LikenessSoftmaxOverProxies", proxies, gradients, {"scale: float", "margin: float", "smoothing: float", "own: int", "per_class: int"}});
  register_operation<ProxyStep<ProxyAnchor>>({"LikenessProxyAnchor", proxies, gradients, {"alpha: float", "delta: float"}});
}

}  // namespace likeness
