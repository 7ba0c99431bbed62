// Operations of TensorFlow that this product adds: what a network spends its time with beside the convolutions, each as one pass over
// memory where TensorFlow makes several. Loading this file as a Node addon, after TensorFlow, makes them known to it.

#include <node_api.h>

#include "adam.h"
#include "add.h"
#include "block.h"
#include "convolution.h"
#include "every-nth.h"
#include "losses.h"
#include "max-pool-gradient.h"
#include "normalize-gradient.h"
#include "normalize.h"
#include "project.h"

namespace {

void register_all() {
  using namespace likeness;
  register_operation<Normalize>({
      "LikenessNormalize",
      {"x: float", "scale: float", "offset: float", "mean: float", "variance: float", "slope: float", "shortcut: float"},
      {"y: float", "next_mean: float", "next_variance: float", "batch_mean: float", "inverse_deviation: float"},
      {"epsilon: float", "share: float", "activation: int"},
  });
  register_operation<NormalizeGradient>({
      "LikenessNormalizeGradient",
      {"dy: float", "x: float", "y: float", "scale: float", "offset: float", "mean: float", "inverse_deviation: float", "slope: float"},
      {"dx: float", "d_scale: float", "d_offset: float", "d_slope: float", "d_shortcut: float"},
      {"activation: int", "adds: int"},
  });
  register_operation<MaxPoolGradient>({"LikenessMaxPoolGradient", {"x: float", "y: float", "dy: float"}, {"dx: float"}, {"size: int", "stride: int"}});
  register_operation<Add>({"LikenessAdd", {"a: float", "b: float"}, {"sum: float"}, {}});
  register_operation<EveryNth>({"LikenessEveryNth", {"x: float"}, {"y: float"}, {"stride: int"}});
  register_operation<EveryNthGradient>({"LikenessEveryNthGradient", {"x: float", "dy: float"}, {"dx: float"}, {"stride: int"}});
  register_operation<Convolve>({"LikenessConvolve", {"x: float", "filter: float"}, {"y: float"}, {"stride: int"}});
  register_operation<ConvolveInputGradient>({"LikenessConvolveInputGradient", {"dy: float", "filter: float", "x: float"}, {"dx: float"}, {"stride: int"}});
  register_operation<ConvolveFilterGradient>({"LikenessConvolveFilterGradient", {"x: float", "dy: float", "filter: float"}, {"d_filter: float"}, {"stride: int"}});
  register_operation<Project>({"LikenessProject", {"x: float", "matrix: float", "bias: float"}, {"y: float"}, {}});
  register_operation<ProjectGradient>({"LikenessProjectGradient", {"dy: float", "x: float", "matrix: float"}, {"dx: float", "d_matrix: float", "d_bias: float"}, {}});
  register_operation<Block>({
      "LikenessBlock",
      {"x: float", "depthwise_filter: float", "depthwise_bias: float", "depthwise_slope: float", "filter: float", "bias: float", "slope: float", "shortcut: float"},
      {"y: float"},
      {"stride: int"},
  });
  const std::vector<const char*> of_adam{"rates: float", "values: count * float", "gradients: count * float", "firsts: count * float", "seconds: count * float"};
  const std::vector<const char*> adams_attributes{"count: int >= 1", "beta1: float", "beta2: float"};
  register_operation<Adam<false>>(
      {"LikenessAdam", of_adam, {"next_values: count * float", "next_firsts: count * float", "next_seconds: count * float"}, adams_attributes});
  register_operation<Adam<true>>({"LikenessAdamInPlace", of_adam, {}, adams_attributes});
  register_losses();
}

}  // namespace

NAPI_MODULE_INIT() {
  try {
    static const bool registered = (register_all(), true);
    (void)registered;
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  napi_value has_wide;
  napi_get_boolean(env, likeness::has_wide_registers(), &has_wide);
  napi_set_named_property(env, exports, "hasWideRegisters", has_wide);
  napi_value has_losses;
  napi_get_boolean(env, true, &has_losses);
  napi_set_named_property(env, exports, "hasLosses", has_losses);
  napi_value has_blocks;
  napi_get_boolean(env, likeness::has_block_registers(), &has_blocks);
  napi_set_named_property(env, exports, "hasBlocks", has_blocks);
  return exports;
}
