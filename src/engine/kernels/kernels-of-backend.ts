import * as tf from '@tensorflow/tfjs-core';
import { portableKernels } from '../../learning/kernels.ts';
import type { Kernels } from '../../learning/kernels.ts';
import type { AdamRecipe } from '../../learning/optimizers/adam.ts';
import type { Optimizer } from '../../learning/optimizers/optimizer.ts';
import { portableOptimizers } from '../../learning/optimizers/optimizers.ts';
import type { OptimizerMaker } from '../../learning/optimizers/optimizers.ts';
import { speedUpLargeSums } from './large-sums.ts';
import { createNativeAdam } from './native-adam.ts';
import { nativeKernels } from './native-kernels.ts';
import { createOwnAdam } from './own-adam.ts';
import { createOwnKernels } from './own-kernels.ts';
import { loadOwnOperations } from './own-operations.ts';

/** The fastest that work on the backend that is loaded. */
export function kernelsOfBackend(): { kernels: Kernels; optimizers: OptimizerMaker } {
  if (tf.getBackend() !== 'tensorflow') return { kernels: portableKernels, optimizers: portableOptimizers };
  // Ours are for processors.
  const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice: boolean };
  const own = isUsingGpuDevice ? null : loadOwnOperations();
  if (own === null || 'refusal' in own) return { kernels: nativeKernels, optimizers: withAdam(createNativeAdam) };
  speedUpLargeSums();
  return { kernels: createOwnKernels(own), optimizers: withAdam(createOwnAdam) };
}

function withAdam(create: (recipe: AdamRecipe) => Optimizer): OptimizerMaker {
  return (recipe) => (recipe.name === 'adam' || recipe.name === 'adamw' ? create(recipe) : portableOptimizers(recipe));
}
