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

inline void register_losses() {
  const std::vector<const char*> pairs{"products: float", "norms: float", "labels: float"};
  const std::vector<const char*> tuples{"x: float", "norms: float", "labels: float", "anchors: float", "others: float"};
  const std::vector<const char*> weights{"weights: float", "story: float"};
  register_operation<RowNorms>({"LikenessRowNorms", {"x: float"}, {"norms: float"}, {}});
  register_operation<UnitRows>({"LikenessUnitRows", {"x: float"}, {"unit: float", "norms: float"}, {}});
  register_operation<UnitRowsGradient>({"LikenessUnitRowsGradient", {"dy: float", "unit: float", "norms: float"}, {"dx: float"}, {}});
  register_operation<PairTableLoss<NtXent>>({"LikenessNtXent", pairs, weights, {"temperature: float"}});
  register_operation<PairTableLoss<SupCon>>({"LikenessSupCon", pairs, weights, {"temperature: float"}});
  register_operation<PairTableLoss<Nca>>({"LikenessNca", pairs, weights, {"scale: float"}});
  register_operation<PairTableLoss<Circle>>({"LikenessCircle", pairs, weights, {"gamma: float", "margin: float"}});
  register_operation<PairTableLoss<MultiSimilarity>>(
      {"LikenessMultiSimilarity", pairs, weights, {"alpha: float", "beta: float", "lambda: float", "epsilon: float", "mines: int", "keeps_one_sided: int"}});
  register_operation<PairTableLoss<Contrastive>>({"LikenessContrastive", pairs, weights, {"form: int", "margin: float", "positive_margin: float"}});
  register_operation<PairTableLoss<Triplet>>({"LikenessTriplet", pairs, weights, {"distance: int", "margin: float", "reduction: int"}});
  register_operation<TupleStep<NtXent>>({"LikenessNPair", tuples, {"gradient: float", "story: float"}, {"temperature: float", "norm_weight: float"}});
  const std::vector<const char*> proxies{"f: float", "q: float", "labels: float"}, gradients{"df: float", "dq: float", "story: float"};
  register_operation<ProxyStep<SoftmaxOverProxies>>(
      {"LikenessSoftmaxOverProxies", proxies, gradients, {"scale: float", "margin: float", "smoothing: float", "own: int", "per_class: int"}});
  register_operation<ProxyStep<ProxyAnchor>>({"LikenessProxyAnchor", proxies, gradients, {"alpha: float", "delta: float"}});
}

}  // namespace likeness
