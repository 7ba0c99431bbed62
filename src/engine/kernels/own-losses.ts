import * as tf from '@tensorflow/tfjs-core';
import type { LossRecipe } from '../../contract/recipe/losses.ts';
import type { KernelResult, LossKernels, PairStepKernel, ProxyKernel, TupleKernel } from '../../learning/loss-kernels.ts';
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
  return 'refusal' in own || !own.hasLosses ? null : own.hasWideRegisters ? { ...ownLosses, pairSteps, tuples, proxies } : ownLosses;
}

const ownLosses: LossKernels = {
  rowNorms: (x) => runOne<tf.Rank.R1>('LikenessRowNorms', [], [x]),
  unitRows,
  pairs(recipe) {
    const operation = overPairs(recipe);
    return operation && (({ products, norms, labels }) => run(operation, [products, norms, labels]));
  },
  pairSteps: () => null,
  tuples: () => null,
  proxies: () => null,
};

function pairSteps(recipe: LossRecipe): PairStepKernel | null {
  const operation = overPairs(recipe);
  return operation && (({ embeddings, norms, labels }) => run({ ...operation, name: `${operation.name}Step` }, [embeddings, norms, labels]));
}

function tuples(recipe: LossRecipe): TupleKernel | null {
  if (recipe.name !== 'n-pair' || recipe.normalize) return null;
  const { float } = attribute;
  return ({ embeddings, norms, labels, anchors, others, normWeight }) =>
    run({ name: 'LikenessNPair', attributes: [float('temperature', 1), float('norm_weight', normWeight)] }, [embeddings, norms, labels, anchors, others]);
}

function proxies(recipe: LossRecipe): ProxyKernel | null {
  const operation = overProxies(recipe);
  return operation && (({ rows, proxies: all, labels }) => {
    const [ofRows, ofProxies, story] = runMany(operation.name, operation.attributes, { inputs: [rows, all, labels], outputs: 3 });
    return { ofRows: ofRows as tf.Tensor2D, ofProxies: ofProxies as tf.Tensor2D, story: readBack(story!) };
  });
}

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

/** As native/contrastive-loss.h counts them. */
const VARIANTS = { survey: 0, paper: 1, code: 2 } as const;

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
    case 'contrastive': {
      const { variant, margin, positiveMargin } = recipe;
      return { name: 'LikenessContrastive', attributes: [integer('form', VARIANTS[variant]), float('margin', margin), float('positive_margin', positiveMargin)] };
    }
    case 'triplet': {
      if (recipe.margin === 'soft') return null;
      const choices = [integer('distance', DISTANCES[recipe.distance]), integer('reduction', REDUCTIONS[recipe.reduction])];
      return { name: 'LikenessTriplet', attributes: [float('margin', recipe.margin), ...choices] };
    }
    default: return null;
  }
}

/** As native/proxy-losses.h counts them. */
const OWN_LOGITS = { plain: 0, leftOut: 1, cosineMargin: 2, angle: 3, angleAsIdentity: 4 } as const;

interface Softmax {
  readonly scale: number;
  readonly own?: keyof typeof OWN_LOGITS;
  readonly margin?: number;
  readonly smoothing?: number;
  readonly perClass?: number;
}

function overProxies(recipe: LossRecipe): Operation | null {
  const { float } = attribute;
  switch (recipe.name) {
    case 'proxy-nca': {
      const scale = 2 * recipe.scale ** 2;
      return recipe.variant === 'paper' ? softmax({ scale, own: 'leftOut' }) : softmax({ scale, smoothing: recipe.smoothing });
    }
    case 'proxy-nca-plus-plus': return softmax({ scale: 2 / recipe.temperature });
    case 'proxy-anchor': return { name: 'LikenessProxyAnchor', attributes: [float('alpha', recipe.alpha), float('delta', recipe.delta)] };
    case 'arcface': return softmax({ scale: recipe.scale, own: recipe.gradient === 'exact' ? 'angle' : 'angleAsIdentity', margin: recipe.margin });
    case 'cosface': return softmax({ scale: recipe.scale, own: 'cosineMargin', margin: recipe.margin });
    case 'sub-center-arcface': return softmax({ scale: recipe.scale, own: 'angle', margin: recipe.margin, perClass: recipe.subProxies });
    default: return null;
  }
}

function softmax({ scale, own = 'plain', margin = 0, smoothing = 0, perClass = 1 }: Softmax): Operation {
  const { float, integer } = attribute;
  const choices = [integer('own', OWN_LOGITS[own]), integer('per_class', perClass)];
  return { name: 'LikenessSoftmaxOverProxies', attributes: [float('scale', scale), float('margin', margin), float('smoothing', smoothing), ...choices] };
}

function run({ name, attributes }: Operation, inputs: tf.Tensor[]): KernelResult {
  const [matrix, story] = runMany(name, attributes, { inputs, outputs: 2 });
  return { matrix: matrix as tf.Tensor2D, story: readBack(story!) };
}

/** Float64, each in the place of two float32. */
const readBack = (story: tf.Tensor): Float64Array => new Float64Array(story.dataSync<'float32'>().slice().buffer);
