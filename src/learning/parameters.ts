import * as tf from '@tensorflow/tfjs-core';
import { randomStream } from './random.ts';

/** What a number is to the optimiser: learnt; learnt but never decayed; or a statistic that only the forward pass writes. */
export type ParameterRole = 'weight' | 'scale' | 'statistic';

export interface Parameter {
  readonly name: string;
  readonly role: ParameterRole;
  readonly variable: tf.Variable;
}

/** How a parameter begins. `values`: what it was elsewhere, of its own type (Uint8Array is bool). `he`: normal with variance 2 / fanIn (He et al. 2015, eq. 10); `linear`: variance 1 / fanIn. */
export type Initializer = { kind: 'constant'; value: number } | { kind: 'values'; values: Float32Array | Int32Array | Uint8Array } | { kind: 'he' | 'linear'; fanIn: number };

export interface ParameterRequest {
  name: string;
  shape: number[];
  role: ParameterRole;
  initializer: Initializer;
}

/** The named parameters of a network, in the order in which its forward pass first asked for them. */
export interface ParameterSet {
  readonly all: ReadonlyMap<string, Parameter>;
  /** The variable of that name; created on first use while the set is open, an error afterwards. */
  use(request: ParameterRequest): tf.Variable;
  /** No parameter may be added any more. */
  close(): void;
  dispose(): void;
}

/** An open, empty set. The first values of a parameter depend on the seed and its name only. */
export function createParameterSet(seed: number): ParameterSet {
  const all = new Map<string, Parameter>();
  let isOpen = true;
  return {
    all,
    use(request) {
      const known = all.get(request.name);
      if (known) return known.variable;
      if (!isOpen) throw new Error(`The network has no parameter called ${request.name}.`);
      const variable = createVariable(request, seed);
      all.set(request.name, { name: request.name, role: request.role, variable });
      return variable;
    },
    close() {
      isOpen = false;
    },
    dispose() {
      for (const parameter of all.values()) parameter.variable.dispose();
      all.clear();
    },
  };
}

/** Number of learnt values, statistics left out. */
export function countLearnt(set: ParameterSet): number {
  let count = 0;
  for (const { role, variable } of set.all.values()) if (role !== 'statistic') count += variable.size;
  return count;
}

function createVariable({ name, shape, role, initializer }: ParameterRequest, seed: number): tf.Variable {
  if (initializer.kind === 'values') return variableOf(initializer.values, { shape, role });
  const size = shape.reduce((product, side) => product * side, 1);
  const values = new Float32Array(size);
  if (initializer.kind === 'constant') values.fill(initializer.value);
  else {
    const random = randomStream(seed, 'parameter', name);
    const deviation = Math.sqrt((initializer.kind === 'he' ? 2 : 1) / initializer.fanIn);
    for (let index = 0; index < size; index++) values[index] = deviation * random.normal();
  }
  return variableOf(values, { shape, role });
}

function variableOf(values: Float32Array | Int32Array | Uint8Array, { shape, role }: Pick<ParameterRequest, 'shape' | 'role'>): tf.Variable {
  const dtype = values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'bool';
  const initial = tf.tensor(values, shape, dtype);
  const variable = tf.variable(initial, role !== 'statistic');
  initial.dispose();
  return variable;
}
