import * as tf from '@tensorflow/tfjs-core';

/** The part of tfjs-node's backend that runs any operation of TensorFlow by its name. */
interface NativeBackend {
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_ATTR_INT' | 'TF_ATTR_SHAPE' | 'TF_FLOAT', number>;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: tf.Tensor[], outputs: number): tf.Tensor[];
}

export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** Runs an operation of TensorFlow with one output. */
export function runOne<Rank extends tf.Rank>(name: string, attributes: Attribute[], inputs: tf.Tensor[]): tf.Tensor<Rank> {
  return runMany(name, attributes, { inputs, outputs: 1 })[0] as tf.Tensor<Rank>;
}

/** Runs an operation of TensorFlow by its name in the C++ API, which tfjs may not know. */
export function runMany(name: string, attributes: Attribute[], io: { inputs: tf.Tensor[]; outputs: number }): tf.Tensor[] {
  return backend().executeMultipleOutputs(name, attributes, io.inputs, io.outputs);
}

const backend = (): NativeBackend => tf.backend() as unknown as NativeBackend;

export const attribute = {
  float32: (name: string): Attribute => ({ name, type: backend().binding.TF_ATTR_TYPE, value: backend().binding.TF_FLOAT }),
  float: (name: string, value: number): Attribute => ({ name, type: backend().binding.TF_ATTR_FLOAT, value }),
  text: (name: string, value: string): Attribute => ({ name, type: backend().binding.TF_ATTR_STRING, value }),
  flag: (name: string, value: boolean): Attribute => ({ name, type: backend().binding.TF_ATTR_BOOL, value }),
  integer: (name: string, value: number): Attribute => ({ name, type: backend().binding.TF_ATTR_INT, value }),
  integers: (name: string, value: number[]): Attribute => ({ name, type: backend().binding.TF_ATTR_INT, value }),
  shape: (name: string, value: number[]): Attribute => ({ name, type: backend().binding.TF_ATTR_SHAPE, value }),
};
