import * as tf from '@tensorflow/tfjs-core';
import { portableKernels } from '../../learning/kernels.ts';
import type { Kernels } from '../../learning/kernels.ts';
import { portableOptimizers } from '../../learning/optimizers/optimizers.ts';
import type { OptimizerMaker } from '../../learning/optimizers/optimizers.ts';
import { createNativeAdam } from './native-adam.ts';
import { nativeKernels } from './native-kernels.ts';

/** The fastest kernels and optimisers for the backend in use. */
export function kernelsOfBackend(): { kernels: Kernels; optimizers: OptimizerMaker } {
  if (tf.getBackend() !== 'tensorflow') return { kernels: portableKernels, optimizers: portableOptimizers };
  const optimizers: OptimizerMaker = (recipe) => (recipe.name === 'adam' || recipe.name === 'adamw' ? createNativeAdam(recipe) : portableOptimizers(recipe));
  return { kernels: nativeKernels, optimizers };
}
