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

const loadBefore = loadavg()[0]!;

/** Names of losses: only these, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ recipe }) => wanted.length === 0 || wanted.includes(recipe.name));

const startedAt = performance.now();
const { name, refusals } = await loadTensorflow();
if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
const usage = watchProcessor();
// PyTorch's threads may spin for a while when they wait for each other, or sleep at once: which is faster depends on the machine.
const peers = [await startTorchPeer(threads, 'unset'), await startTorchPeer(threads, 'PASSIVE')];
try {
  const results: Result[] = [];
  for (const each of chosen) {
    const result = await measureCase(each, peers);
    results.push(result);
    console.error(`bench: ${result.name}: ours ${result.ours.toFixed(2)} ms, plain PyTorch ${result.plain.toFixed(2)} ms, ratio ${result.ratio.toFixed(2)}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(toTable(results));
  const times = await Promise.all(peers.map((peer) => peer.processorTime()));
  const othersShare = usage.othersShare(times.reduce((sum, seconds) => sum + seconds, 0));
  console.log(`Other programs took ${Math.round(100 * othersShare)} % of the processor.`);
  const circumstances = { versions: peers[0]!.versions, threads, loadBefore, othersShare, seconds };
  if (wanted.length === 0) console.log(`Written to ${writeSection('loss', toSection(results, circumstances))}`);
} finally {
  for (const peer of peers) peer.end();
}
