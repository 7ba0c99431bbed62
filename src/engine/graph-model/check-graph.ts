import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { graphFeatures } from '../../learning/backbones/graph-model.ts';
import type { GraphBackbone, GraphModelRecipe } from '../../learning/backbones/graph-model.ts';
import { standardize } from '../../learning/network.ts';
import { createParameterSet } from '../../learning/parameters.ts';
import type { ParameterSet } from '../../learning/parameters.ts';
import { randomStream } from '../../learning/random.ts';
import type { GraphNode } from './graph-document.ts';
import { nodeOf } from './graph-document.ts';

/** An input as the graph describes it; -1 is any size. */
export type GraphInput = GraphModel['inputs'][number];

export interface GraphChecks {
  recipe: Pick<Recipe, 'input'> & { backbone: GraphModelRecipe };
  inputs: readonly GraphInput[];
  nodes: readonly GraphNode[];
}

/** Runs a graph once on pictures of the recipe's size, before anything else is done. @throws RequestError('bad-recipe') */
export function checkGraph(graph: GraphBackbone, checks: GraphChecks): void {
  checkInput(checks);
  const parameters = createParameterSet(0);
  try {
    tf.tidy(() => {
      const features = tryForward(graph, checks, parameters);
      checkFeatures(features, checks);
      if (checks.recipe.backbone.fineTune) checkGradients(graph, checks, parameters);
    });
  } finally {
    parameters.dispose();
  }
}

function checkInput({ inputs, recipe: { input, backbone } }: GraphChecks): void {
  const [first, ...more] = inputs;
  if (!first || more.length > 0) throw problem(backbone, `has ${inputs.length} inputs (${inputs.map(({ name }) => name).join(', ')}); a backbone has one, the picture`);
  if (first.dtype !== 'float32') throw problem(backbone, `wants its input "${first.name}" as ${first.dtype}, not as float32`);
  const given = [-1, input.height, input.width, input.channels];
  const wanted = first.shape;
  if (!wanted || wanted.length === 0) return;
  if (wanted.length === 4 && wanted.every((side, index) => side < 0 || given[index]! < 0 || side === given[index])) return;
  const [, height, width, channels] = wanted;
  const advice = wanted.length === 4 && (channels === 1 || channels === 3)
    ? `Set input.height to ${side(height)}, input.width to ${side(width)} and input.channels to ${channels}`
    : 'A backbone takes [batch, height, width, channels] with 1 or 3 channels; convert it with the channels last';
  throw problem(backbone, `takes pictures of [${wanted.map(side).join(', ')}], and the recipe gives [any, ${given.slice(1).join(', ')}]. ${advice}`);
}

const side = (size: number | undefined): string => (size === undefined || size < 0 ? 'any' : String(size));

/** A black picture, a white one, and one of noise: what divides by a spread shows itself. */
function samplePictures({ input }: GraphChecks['recipe']): tf.Tensor4D {
  const size = input.height * input.width * input.channels;
  const noise = randomStream(0, 'graph check');
  const pictures = [0, 255, null].flatMap((grey) => Array.from({ length: size }, () => grey ?? noise.below(256)));
  const values = new Float32Array(3 * size);
  standardize(pictures, values);
  return tf.tensor4d(values, [3, input.height, input.width, input.channels]);
}

function tryForward(graph: GraphBackbone, { recipe, inputs }: GraphChecks, parameters: ParameterSet): tf.Tensor {
  const images = samplePictures(recipe);
  if ((inputs[0]!.shape?.[0] ?? -1) > 0) throw problem(recipe.backbone, `takes exactly ${inputs[0]!.shape![0]} pictures at a time. Convert it with a batch of any size`);
  try {
    return graphFeatures(graph, recipe.backbone, { images, parameters });
  } catch (error) {
    throw problem(recipe.backbone, `cannot be run: ${(error as Error).message}`);
  }
}

function checkFeatures(features: tf.Tensor, { recipe: { backbone } }: GraphChecks): void {
  const { shape } = features;
  if ((shape.length !== 2 && shape.length !== 4) || shape[0] !== 3) {
    throw problem(backbone, `gives [${shape.join(', ')}] for 3 pictures. Features are [batch, features] or [batch, height, width, channels]: name another node in backbone.output`);
  }
  const index = features.dataSync().findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const picture = ['black', 'white', 'noisy'][Math.floor((index * 3) / features.size)]!;
  throw problem(backbone, `gives values that are not finite (NaN or infinity) for a ${picture} picture. Look at backbone.pixels, or take an earlier node in backbone.output`);
}

function checkGradients(graph: GraphBackbone, { recipe, nodes }: GraphChecks, parameters: ParameterSet): void {
  const faulty = nodes.find((node) => isFaulty(node, graph));
  if (faulty) {
    throw problem(recipe.backbone, `cannot be fine-tuned: ${faulty.name} is a strided 1 x 1 convolution of fewer than 16 channels, whose gradient ends TensorFlow's process. Set backbone.fineTune to false`);
  }
  const learnt = [...parameters.all.values()].filter(({ role }) => role !== 'statistic').map(({ variable }) => variable);
  if (learnt.length === 0) throw problem(recipe.backbone, 'has no weights that could be fine-tuned. Set backbone.fineTune to false');
  try {
    const images = samplePictures(recipe);
    const { grads } = tf.variableGrads(() => tf.sum(graphFeatures(graph, recipe.backbone, { images, parameters })), learnt);
    tf.dispose(grads);
  } catch (error) {
    throw problem(recipe.backbone, `cannot be fine-tuned: ${(error as Error).message} Set backbone.fineTune to false to use its features as they are`);
  }
}

/** See learning/layers: TensorFlow 2.21 writes past a buffer there. */
function isFaulty({ op, attr, input = [] }: GraphNode, { weights }: GraphBackbone): boolean {
  if (op !== 'Conv2D' && op !== '_FusedConv2D') return false;
  const isStrided = (attr?.['strides']?.list?.i ?? []).some((stride) => Number(stride) > 1);
  const [height, width, channels] = weights.find(({ name }) => name === nodeOf(input[1] ?? ''))?.shape ?? [];
  return isStrided && height === 1 && width === 1 && channels! < 16;
}

const problem = ({ folder }: GraphModelRecipe, what: string): RequestError => new RequestError('bad-recipe', `The graph model in ${folder} ${what}.`);
