import * as tf from '@tensorflow/tfjs-core';
import type { LossRecipe } from '../../contract/recipe/losses.ts';
import type { KernelResult, LossKernels } from '../../learning/loss-kernels.ts';
import { knownGradient } from '../../learning/distances/known-gradient.ts';
import { attribute, runMany, runOne } from './native-operations.ts';
import type { Attribute } from './native-operations.ts';
import { loadOwnOperations } from './own-operations.ts';

interface Operation {
  readonly name: string;
  readonly attributes: Attribute[];
}

/** Our own operations for losses (native/losses.h); null where they cannot be had. They are for processors. */
export function lossKernelsOfBackend(): LossKernels | null {
  if (tf.getBackend() !== 'tensorflow' || (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice) return null;
  const own = loadOwnOperations();
  return 'refusal' in own || !own.hasLosses ? null : ownLosses;
}

const ownLosses: LossKernels = {
  rowNorms: (x) => runOne<tf.Rank.R1>('LikenessRowNorms', [], [x]),
  unitRows,
  pairs(recipe) {
    const operation = overPairs(recipe);
    return operation && (({ products, norms, labels }) => run(operation, [products, norms, labels]));
  },
  tuples(recipe) {
    if (recipe.name !== 'n-pair' || recipe.normalize) return null;
    const { float } = attribute;
    return ({ embeddings, norms, labels, anchors, others, normWeight }) =>
      run({ name: 'LikenessNPair', attributes: [float('temperature', 1), float('norm_weight', normWeight)] }, [embeddings, norms, labels, anchors, others]);
  },
};

function unitRows(x: tf.Tensor2D): { unit: tf.Tensor2D; norms: Float32Array } {
  let norms = new Float32Array();
  const unit = knownGradient([x], () => {
    const [f, lengths] = runMany('LikenessUnitRows', [], { inputs: [x], outputs: 2 });
    norms = lengths!.dataSync<'float32'>() as Float32Array<ArrayBuffer>;
    return { value: f!, kept: [f!, lengths!] as const };
  }, (upstream, [f, lengths]) => [runOne('LikenessUnitRowsGradient', [], [upstream, f, lengths])]);
  return { unit: unit as tf.Tensor2D, norms };
}

/** As native/triplet-loss.h counts them. */
const DISTANCES = { 'squared-euclidean': 0, euclidean: 1, cosine: 2 } as const;
const REDUCTIONS = { sum: 0, mean: 1, 'mean-nonzero': 2 } as const;

function overPairs(recipe: LossRecipe): Operation | null {
  const { float, integer } = attribute;
  switch (recipe.name) {
    case 'nt-xent': return { name: 'LikenessNtXent', attributes: [float('temperature', recipe.temperature)] };
    case 'sup-con': return { name: 'LikenessSupCon', attributes: [float('temperature', recipe.temperature)] };
    case 'nca': return { name: 'LikenessNca', attributes: [float('scale', recipe.scale)] };
    case 'circle': return { name: 'LikenessCircle', attributes: [float('gamma', recipe.gamma), float('margin', recipe.margin)] };
    case 'multi-similarity': {
      const { alpha, beta, lambda, epsilon, mining, oneSided } = recipe;
      const choices = [integer('mines', Number(mining === 'own')), integer('keeps_one_sided', Number(oneSided === 'keep'))];
      return { name: 'LikenessMultiSimilarity', attributes: [float('alpha', alpha), float('beta', beta), float('lambda', lambda), float('epsilon', epsilon), ...choices] };
    }
    case 'triplet': {
      if (recipe.margin === 'soft') return null;
      const choices = [integer('distance', DISTANCES[recipe.distance]), integer('reduction', REDUCTIONS[recipe.reduction])];
      return { name: 'LikenessTriplet', attributes: [float('margin', recipe.margin), ...choices] };
    }
    default: return null;
  }
}

function run({ name, attributes }: Operation, inputs: tf.Tensor[]): KernelResult {
  const [matrix, story] = runMany(name, attributes, { inputs, outputs: 2 });
  // Float64, each in the place of two float32.
  return { matrix: matrix as tf.Tensor2D, story: new Float64Array(story!.dataSync<'float32'>().slice().buffer) };
}
