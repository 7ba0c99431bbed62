import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** What PyTorch's threads do while they wait for each other: OMP_WAIT_POLICY, or what OpenMP does by itself. */
export type WaitPolicy = 'unset' | 'PASSIVE';

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
  const environment = { ...process.env, OMP_WAIT_POLICY: policy === 'unset' ? undefined : policy, GLIBC_TUNABLES: undefined };
  const peer = startJsonPeer(python, [join(import.meta.dirname, 'peer.py')], environment);
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
