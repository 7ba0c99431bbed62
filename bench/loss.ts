import { availableParallelism, loadavg } from 'node:os';
import { loadTensorflow } from '../src/engine/device/load-tensorflow.ts';
import { CASES } from './loss/cases.ts';
import { measureCase } from './loss/measure.ts';
import type { Result } from './loss/measure.ts';
import { startTorchPeer } from './loss/peer.ts';
import { toSection, toTable } from './loss/table.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { watchProcessor } from './shared/watch-processor.ts';

// Both sides on the processor, with as many threads. TensorFlow reads these when it is loaded.
const threads = availableParallelism();
Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });

// PyTorch's threads wait for each other by spinning, which is fastest on a quiet machine and ruinous on a busy one.
const QUIET_LOAD = 0.5;
const loadBefore = loadavg()[0]!;
process.env['OMP_WAIT_POLICY'] ??= loadBefore > QUIET_LOAD * threads ? 'PASSIVE' : 'ACTIVE';

/** Names of losses: only these, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ recipe }) => wanted.length === 0 || wanted.includes(recipe.name));

const startedAt = performance.now();
const { name, refusals } = await loadTensorflow();
if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
const usage = watchProcessor();
const peer = await startTorchPeer(threads);
try {
  const results: Result[] = [];
  for (const each of chosen) {
    const result = await measureCase(each, peer);
    results.push(result);
    console.error(`bench: ${result.name}: ours ${result.ours.toFixed(2)} ms, plain PyTorch ${result.plain.toFixed(2)} ms, ratio ${result.ratio.toFixed(2)}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(toTable(results));
  const othersShare = usage.othersShare(await peer.processorTime());
  console.log(`Other programs took ${Math.round(100 * othersShare)} % of the processor.`);
  const circumstances = { versions: peer.versions, threads, loadBefore, othersShare, seconds };
  if (wanted.length === 0) console.log(`Written to ${writeSection('loss', toSection(results, circumstances))}`);
} finally {
  peer.end();
}
