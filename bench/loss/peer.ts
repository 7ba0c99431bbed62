import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { torchEnvironment } from '../shared/beside-torch.ts';
import type { WaitPolicy } from '../shared/beside-torch.ts';
import { startJsonPeer } from '../shared/json-peer.ts';
import { METRIC_LEARNING, TORCH } from '../shared/requirements.ts';
import { pythonWith } from '../shared/venv.ts';
import type { Batch } from './batch.ts';
import { CLASSES, WIDTH } from './cases.ts';
import type { Case } from './cases.ts';
import type { Evaluation } from './ours.ts';

/** The loss of pytorch-metric-learning, and a vectorised one of ours in plain PyTorch. */
export type Author = 'library' | 'plain';

export interface Versions {
  torch: string;
  library: string;
  python: string;
  threads: number;
}

export interface TorchPeer {
  policy: WaitPolicy;
  versions: Versions;
  create(each: Case, batch: Batch): Promise<void>;
  /** Milliseconds of each step. */
  run(author: Author, steps: number): Promise<number[]>;
  evaluate(author: Author): Promise<Evaluation>;
  /** Processor time it has taken, in seconds. */
  processorTime(): Promise<number>;
  end(): void;
}

export async function startTorchPeer(threads: number, policy: WaitPolicy): Promise<TorchPeer> {
  const python = pythonWith([TORCH, METRIC_LEARNING]);
  const peer = startJsonPeer(python, [join(import.meta.dirname, 'peer.py')], torchEnvironment(policy));
  // Matrices pass as files of raw float32: JSON would take longer than the losses.
  const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-'));
  const versions = await peer.ask<Versions>({ do: 'begin', threads });
  const read = (name: string): Float32Array => new Float32Array(readFileSync(join(folder, name)).buffer);
  return {
    policy, versions,
    async create({ recipe, perClass, isInLibrary }, { embeddings, labels, proxies }) {
      writeFileSync(join(folder, 'embeddings'), embeddings);
      writeFileSync(join(folder, 'proxies'), proxies);
      await peer.ask({ do: 'create', folder, width: WIDTH, classes: CLASSES, perClass, isInLibrary, loss: recipe, labels: [...labels] });
    },
    run: async (author, steps) => (await peer.ask<{ times: number[] }>({ do: 'run', author, steps })).times,
    async evaluate(author) {
      const { loss } = await peer.ask<{ loss: number }>({ do: 'evaluate', author, folder });
      return { loss, embeddings: read('embeddings-gradient'), proxies: read('proxies-gradient') };
    },
    processorTime: async () => (await peer.ask<{ seconds: number }>({ do: 'time' })).seconds,
    end() {
      peer.end();
      rmSync(folder, { recursive: true });
    },
  };
}
