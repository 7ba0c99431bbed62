import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { Network } from '../../learning/network.ts';
import type { StoredTensor } from './safetensors.ts';

/** Sets every parameter of a network from stored tensors of the same names and shapes. @throws RequestError when one is missing. */
export function assignParameters(network: Network, stored: ReadonlyMap<string, StoredTensor>, origin: string): void {
  for (const { name, variable } of network.parameters.all.values()) assignVariable(variable, stored.get(name), `${name} in ${origin}`);
}

/** `what` names the tensor and its file in the message. */
export function assignVariable(variable: tf.Variable, stored: StoredTensor | undefined, what: string): void {
  if (!stored || stored.shape.join('x') !== variable.shape.join('x')) {
    const found = stored ? `has the shape ${stored.shape.join(' x ')}` : 'is missing';
    throw new RequestError('no-model', `The tensor ${what} ${found}; the network of this recipe needs ${variable.shape.join(' x ')}.`);
  }
  const value = tf.tensor(stored.values, stored.shape, variable.dtype);
  variable.assign(value);
  value.dispose();
}
