import { join } from 'node:path';
import { startJsonPeer } from '../shared/json-peer.ts';
import { pythonWith } from '../shared/venv.ts';
import type { Recipe } from '../../src/contract/recipe/recipe.ts';

/** PyTorch's two memory layouts; channels_last is often the faster one on processors. */
export const LAYOUTS = ['NCHW', 'channels_last'] as const;
export type Layout = (typeof LAYOUTS)[number];

const TORCH = { module: 'torch', requirement: 'torch==2.15.0' };

export interface Versions {
  torch: string;
  python: string;
  threads: number;
}

/** The same networks in PyTorch, in a process of their own. */
export interface TorchPeer {
  versions: Versions;
  /** Number of learnt values. Takes the place of the network in that layout. */
  create(recipe: Recipe, labels: Int32Array, layout: Layout): Promise<number>;
  /** Takes the steps; seconds. */
  run(layout: Layout, steps: number): Promise<number>;
  lossOf(embeddings: number[][], labels: Int32Array): Promise<{ loss: number; gradient: number[] }>;
  /** Processor time it has taken, in seconds. */
  processorTime(): Promise<number>;
  end(): void;
}

export async function startTorchPeer(threads: number): Promise<TorchPeer> {
  const python = pythonWith([TORCH]);
  // OpenMP's threads spin while they wait, which costs PyTorch most of its speed (measured: a fifth was left) as soon as another
  // program wants a core. Threads that sleep do not, so this is the setting in PyTorch's favour.
  const environment = { OMP_WAIT_POLICY: 'PASSIVE', ...process.env };
  const peer = startJsonPeer(python, [join(import.meta.dirname, 'peer.py')], environment);
  const versions = await peer.ask<Versions>({ do: 'begin', threads });
  return {
    versions,
    async create({ backbone, input, embeddingSize, optimizer }, labels, layout) {
      const request = { do: 'create', layout, backbone: backbone.name, ...input, embeddingSize, batch: labels.length, labels: [...labels], learningRate: optimizer.learningRate };
      return (await peer.ask<{ parameters: number }>(request)).parameters;
    },
    async run(layout, steps) {
      const { seconds, loss } = await peer.ask<{ seconds: number; loss: number }>({ do: 'run', layout, steps });
      if (!Number.isFinite(loss)) throw new Error(`PyTorch's loss is ${loss}.`);
      return seconds;
    },
    lossOf: (embeddings, labels) => peer.ask({ do: 'loss', embeddings, labels: [...labels] }),
    processorTime: async () => (await peer.ask<{ seconds: number }>({ do: 'time' })).seconds,
    end: peer.end,
  };
}
