import { join } from 'node:path';
import { torchEnvironment } from '../shared/beside-torch.ts';
import type { WaitPolicy } from '../shared/beside-torch.ts';
import { startJsonPeer } from '../shared/json-peer.ts';
import { TORCH } from '../shared/requirements.ts';
import { pythonWith } from '../shared/venv.ts';
import type { Recipe } from '../../src/contract/recipe/recipe.ts';

/** PyTorch's two memory layouts; channels_last is often the faster one on processors. */
export const LAYOUTS = ['NCHW', 'channels_last'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface Versions {
  torch: string;
  python: string;
  threads: number;
}

/** The same networks in PyTorch, in a process of their own. */
export interface TorchPeer {
  policy: WaitPolicy;
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

export async function startTorchPeer(threads: number, policy: WaitPolicy): Promise<TorchPeer> {
  const python = pythonWith([TORCH]);
  const peer = startJsonPeer(python, [join(import.meta.dirname, 'peer.py')], torchEnvironment(policy));
  const versions = await peer.ask<Versions>({ do: 'begin', threads });
  return {
    policy, versions,
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
