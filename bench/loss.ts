import { availableParallelism, loadavg } from 'node:os';
import { loadTensorflow } from '../src/engine/device/load-tensorflow.ts';
import { CASES } from './loss/cases.ts';
import { measureCase } from './loss/measure.ts';
import type { Result } from './loss/measure.ts';
import { startTorchPeer } from './loss/peer.ts';
import { toSection, toTable } from './loss/table.ts';
import { writeSection } from './shared/benchmarks-page.ts';

// Both sides on the processor, with as many threads. TensorFlow reads these when it is loaded.
const threads = availableParallelism();
Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });

/** Names of losses: only these, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ recipe }) => wanted.length === 0 || wanted.includes(recipe.name));

const startedAt = performance.now();
const loadBefore = loadavg()[0]!;
const { name, refusals } = await loadTensorflow();
if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
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
  if (wanted.length === 0) console.log(`Written to ${writeSection('loss', toSection(results, { versions: peer.versions, threads, loadBefore, seconds }))}`);
} finally {
  peer.end();
}
