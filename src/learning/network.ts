import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { BACKBONES } from './backbones/backbones.ts';
import { graphFeatures } from './backbones/graph-model.ts';
import type { GraphBackbone } from './backbones/graph-model.ts';
import type { Kernels, MovedStatistics } from './kernels.ts';
import { createLayers } from './layers.ts';
import type { Layers } from './layers.ts';
import { createParameterSet } from './parameters.ts';
import type { Parameter, ParameterSet } from './parameters.ts';

export interface ForwardOptions {
  /** Normalise by the batch, as in training; else by the running statistics. */
  training: boolean;
  onStatistics?: (name: string, moved: MovedStatistics) => void;
}

/** A backbone, its pooling and its embedding layer, with their parameters. */
export interface Network {
  readonly parameters: ParameterSet;
  /** [batch, height, width, channels], as `standardize` gives them, to what the backbone makes of them, [batch, features]. */
  features(images: tf.Tensor4D, options: ForwardOptions): tf.Tensor2D;
  /** Features to [batch, embeddingSize]; not normalised. */
  head(features: tf.Tensor2D): tf.Tensor2D;
  /** Both: pictures to [batch, embeddingSize]; not normalised. */
  embed(images: tf.Tensor4D, options: ForwardOptions): tf.Tensor2D;
  /** The parameters after the backbone, which learn while it is frozen. */
  isHead(parameter: Parameter): boolean;
  /** The graph of a backbone that was made elsewhere, to be kept beside its weights; null for ours. */
  readonly graph: string | null;
}

export type NetworkRecipe = Pick<Recipe, 'input' | 'backbone' | 'embeddingSize' | 'seed'>;

/**
 * A new network of the recipe; the same seed gives the same first values on every machine.
 *
 * @param graph the opened graph model, where the recipe's backbone is one.
 */
export function createNetwork(recipe: NetworkRecipe, kernels: Kernels, graph: GraphBackbone | null = null): Network {
  const parameters = createParameterSet(recipe.seed);
  const layersFor = (options: ForwardOptions, pictures?: tf.Tensor4D): Layers => createLayers({ parameters, kernels, ...(pictures && { pictures }), ...options });
  const features: Network['features'] = (images, options) => featuresOf(recipe.backbone, { layers: layersFor(options, images), images, parameters, graph });
  const head: Network['head'] = (rows) => project(recipe, layersFor({ training: false }), rows);
  const embed: Network['embed'] = (images, options) => head(features(images, options));
  // One picture goes through to find out which parameters there are.
  const { height, width, channels } = recipe.input;
  tf.tidy(() => { embed(tf.zeros([1, height, width, channels]), { training: false }); });
  parameters.close();
  return { parameters, features, head, embed, isHead: ({ name }) => name.startsWith(`${HEAD}/`), graph: graph?.document ?? null };
}

/** The embedding layer; none where a pretrained embedder is taken as it is. */
function project({ backbone, embeddingSize }: NetworkRecipe, layers: Layers, features: tf.Tensor2D): tf.Tensor2D {
  if (backbone.name !== 'pretrained-face') return layers.project(HEAD, features, { size: embeddingSize });
  if (backbone.head) return layers.project(HEAD, features, { size: embeddingSize, begins: features.shape[1] === embeddingSize ? 'identity' : 'random' });
  if (features.shape[1] !== embeddingSize) throw new Error(`Without a layer of its own the embedding has ${features.shape[1]} numbers, not ${embeddingSize}.`);
  return features;
}

interface Seen {
  layers: Layers;
  images: tf.Tensor4D;
  parameters: ParameterSet;
  graph: GraphBackbone | null;
}

function featuresOf(backbone: Recipe['backbone'], { layers, images, parameters, graph }: Seen): tf.Tensor2D {
  if (backbone.name !== 'graph-model' && backbone.name !== 'pretrained-face') return pool(BACKBONES[backbone.name](layers, images, 'width' in backbone ? backbone.width : 1), backbone);
  if (!graph) throw new Error('The graph model of this recipe was not opened.');
  const features = graphFeatures(graph, { pixels: backbone.name === 'graph-model' ? backbone.pixels : 'around-zero' }, { images, parameters });
  return isPooled(features) ? features : pool(features, backbone);
}

const isPooled = (features: tf.Tensor2D | tf.Tensor4D): features is tf.Tensor2D => features.rank === 2;

const HEAD = 'embedding';

/** [batch, h, w, c] to [batch, c], [batch, 2c] for 'both', [batch, hwc] for 'none'. MobileFaceNet has pooled by its last convolution; a flow is a map. */
function pool(features: tf.Tensor4D, backbone: Recipe['backbone']): tf.Tensor2D {
  const pooling = 'pooling' in backbone ? backbone.pooling : backbone.name === 'ridge-flow' ? 'none' : 'average';
  const average = (): tf.Tensor2D => tf.mean(features, [1, 2]);
  const maximum = (): tf.Tensor2D => tf.max(features, [1, 2]);
  if (pooling === 'none') return tf.reshape(features, [features.shape[0], -1]);
  if (pooling === 'both') return tf.concat([average(), maximum()], 1);
  return pooling === 'max' ? maximum() : average();
}

/** Grey values 0 to 255 to what a network sees, (x - 127.5) / 128, into `target`. */
export function standardize(values: ArrayLike<number>, target: Float32Array): void {
  for (let index = 0; index < target.length; index++) target[index] = (values[index]! - 127.5) / 128;
}
