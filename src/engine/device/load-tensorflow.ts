import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { speedUpSmallProducts } from '../kernels/small-products.ts';

export interface LoadedBackend {
  name: 'tensorflow' | 'wasm' | 'cpu';
  /** TensorFlow itself found a GPU and will compute on it. */
  usesGpu: boolean;
  /** Why the faster backends were not taken; empty when the first was. */
  refusals: string[];
}

// Not called `require`: the bundler of the Electron build declares one of that name wherever it sees it called.
const requirePackage = createRequire(import.meta.url);
let loading: Promise<LoadedBackend> | null = null;

/** Loads the fastest backend that works here: TensorFlow's own library, else WebAssembly, else plain JavaScript. Once. */
export function loadTensorflow(): Promise<LoadedBackend> {
  loading ??= chooseBackend();
  return loading;
}

async function chooseBackend(): Promise<LoadedBackend> {
  const wanted = process.env['LIKENESS_BACKEND'];
  const refusals: string[] = [];
  for (const name of ['tensorflow', 'wasm', 'cpu'] as const) {
    if (wanted && wanted !== name) {
      refusals.push(`${name}: LIKENESS_BACKEND asks for ${wanted}`);
      continue;
    }
    try {
      await START[name]();
      if (!(await tf.setBackend(name))) throw new Error('it did not start');
      await tf.ready();
      const usesGpu = name === 'tensorflow' && (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
      return { name, usesGpu, refusals };
    } catch (error) {
      refusals.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(`No backend of TensorFlow.js starts. ${refusals.join('; ')}`);
}

const START = {
  tensorflow: () => {
    // tfjs-node 4.22 calls these two; Node has taken one away and complains about the other.
    const old = util as unknown as Record<string, unknown>;
    old['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
    old['isArray'] = Array.isArray;
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
    requirePackage('@tensorflow/tfjs-node-gpu');
    speedUpSmallProducts();
  },
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!.trim();
}
