import { availableParallelism, cpus, loadavg } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, ROWS, WIDTH } from './cases.ts';
import { ROUNDS } from './measure.ts';
import type { Result } from './measure.ts';
import type { Versions } from './peer.ts';

const milliseconds = (value: number | null): string => (value === null ? '–' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));

export function toTable(results: readonly Result[]): string {
  const rows = results.map(({ name, ours, plain, library, ratio, rounds, disagreement }) => {
    const spread = `${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)}`;
    return `| ${[name, milliseconds(ours), milliseconds(plain), milliseconds(library), `**${ratio.toFixed(2)}**`, spread, disagreement.toExponential(0)].join(' | ')} |`;
  });
  return [
    '| Loss | Ours, ms | Plain PyTorch, ms | pytorch-metric-learning, ms | Faster PyTorch / ours | Over the rounds | Disagreement |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

export interface Circumstances {
  versions: Versions;
  threads: number;
  loadBefore: number;
  /** Share of the processor's time that other programs took meanwhile, 0 to 1. */
  othersShare: number;
  seconds: number;
}

/** The section of docs/benchmarks.md. */
export function toSection(results: readonly Result[], { versions, threads, loadBefore, othersShare, seconds }: Circumstances): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return `## Losses against PyTorch

\`npm run bench -- loss\`: forward and backward of each loss at B = ${ROWS}, d = ${WIDTH}, ${CLASSES.toLocaleString('en-GB')} classes, in one run, on the processor.

${toTable(results)}

- **Where and when**: ${new Date().toISOString().slice(0, 10)}, ${processor}, ${availableParallelism()} cores; ${threads} threads on both sides; load average ${loadBefore.toFixed(2)} before, ${loadavg()[0]!.toFixed(2)} after; other programs took ${Math.round(100 * othersShare)} % of the processor meanwhile; the run took ${Math.round(seconds)} s.
- **Versions**: TensorFlow ${binding?.TF_Version ?? 'unknown'} under TensorFlow.js ${tf.version_core}, Node ${process.versions.node}; PyTorch ${versions.torch}, pytorch-metric-learning ${versions.library}, Python ${versions.python}.
- **What is timed**: from raw embeddings and raw proxies to the value and the gradients of both, float32, with the default options of the catalogue; 64 of the classes with 4 rows each (N-pair: 128 with 2). Ours includes the diagnostics that the Train screen shows. Median over ${ROUNDS} rounds of the median of a round; the sides take turns.
- **PyTorch's side**: eager mode, float32 autograd, two processes, with OMP_WAIT_POLICY unset and PASSIVE, of which the faster counts (ACTIVE keeps its threads spinning through our turns). *Plain* (\`bench/loss/plain.py\`) is vectorised and written for speed by us: no arrays of B x B x B, ProxyGML's regulariser by class sums as ours. *pytorch-metric-learning* (\`bench/loss/library.py\`) is that library's own loss where it is the same function; our ProxyNCA leaves the own proxy out of the denominator, so its ProxyNCALoss stands beside our ProxyNCA++. The ratio is against the faster of the two.
- **Disagreement**: the largest relative difference of value and gradients from either; the run ends above 2e-3.`;
}
