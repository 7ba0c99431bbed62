import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '../../contract/recipe/network.ts';
import type { ParameterRole, ParameterSet } from '../parameters.ts';

export type GraphModelRecipe = Extract<Backbone, { name: 'graph-model' }>;

/** A constant of a graph that was made elsewhere. */
export interface GraphWeight {
  name: string;
  role: ParameterRole;
  shape: number[];
  values: Float32Array | Int32Array | Uint8Array;
}

/** A network that was made elsewhere, as the engine has opened it. */
export interface GraphBackbone {
  weights: readonly GraphWeight[];
  /** The graph without its weights, for the file that keeps them. */
  document: string;
  /** Pictures in the graph's own measure to features, [batch, features] or [batch, h, w, c]. Differentiable where its operations are. */
  forward(pixels: tf.Tensor4D, weights: ReadonlyMap<string, tf.Variable>): tf.Tensor2D | tf.Tensor4D;
}

/** What the names of its parameters begin with. */
export const BACKBONE = 'backbone/';

/** The features of pictures as `standardize` gives them; the graph's constants are parameters of the network. */
export function graphFeatures(graph: GraphBackbone, { pixels }: Pick<GraphModelRecipe, 'pixels'>, { images, parameters }: { images: tf.Tensor4D; parameters: ParameterSet }): tf.Tensor2D | tf.Tensor4D {
  const weights = new Map(graph.weights.map(({ name, role, shape, values }) => {
    const variable = parameters.use({ name: `${BACKBONE}${name}`, shape, role, initializer: { kind: 'values', values } });
    return [name, variable] as const;
  }));
  return graph.forward(inMeasure(images, pixels), weights);
}

/** Means and deviations of the red, green and blue of ImageNet, in shares of full brightness, as torchvision and Keras have them. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/** From (x - 127.5) / 128 to what the graph was trained on. */
function inMeasure(images: tf.Tensor4D, measure: GraphModelRecipe['pixels']): tf.Tensor4D {
  if (measure === 'around-zero') return images;
  const grey = tf.add<tf.Tensor4D>(tf.mul(images, 128), 127.5);
  if (measure === 'zero-to-255') return grey;
  const share = tf.div<tf.Tensor4D>(grey, 255);
  if (measure === 'zero-to-one') return share;
  return tf.div(tf.sub(share, tf.tensor1d(IMAGENET.mean)), tf.tensor1d(IMAGENET.deviation));
}
