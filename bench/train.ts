import { availableParallelism, loadavg } from 'node:os';
import { loadTensorflow } from '../src/engine/device/load-tensorflow.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { CASES, LABELS } from './train/cases.ts';
import { watchProcessor } from './shared/watch-processor.ts';
import { checkLoss } from './train/check-loss.ts';
import { measureCase } from './train/measure.ts';
import type { Result } from './train/measure.ts';
import { POLICIES, startTorchPeer } from './train/peer.ts';
import { toSection, toTable } from './train/table.ts';

// Both sides on the processor, with as many threads. TensorFlow reads these when it is loaded.
const threads = availableParallelism();
Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });

/** Parts of titles: only these cases, and nothing is written. */
const wanted = process.argv.slice(2);
const chosen = CASES.filter(({ title }) => wanted.length === 0 || wanted.some((part) => title.includes(part)));

const startedAt = performance.now();
const loadBefore = loadavg()[0]!;
const { name, refusals } = await loadTensorflow();
if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
const usage = watchProcessor();
const peers = await Promise.all(POLICIES.map((policy) => startTorchPeer(threads, policy)));
try {
  await checkLoss(CASES[0]!.recipe, LABELS, peers[0]!);
  const results: Result[] = [];
  for (const each of chosen) {
    console.error(`bench: ${each.title} ...`);
    const result = await measureCase(each, peers);
    results.push(result);
    console.error(`bench: ${each.title}: ours ${result.ours.toFixed(1)} images/s, PyTorch ${result.theirs[result.best.layout].toFixed(1)} (${result.best.layout}, waiting ${result.best.policy}), ratio ${result.ratio.toFixed(2)}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(toTable(results));
  let secondsOfPeers = 0;
  for (const peer of peers) secondsOfPeers += await peer.processorTime();
  const circumstances = { versions: peers[0]!.versions, threads, loadBefore, othersShare: usage.othersShare(secondsOfPeers), seconds };
  if (wanted.length === 0) console.log(`Written to ${writeSection('train', toSection(results, circumstances))}`);
} finally {
  for (const peer of peers) peer.end();
}
