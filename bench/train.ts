import { availableParallelism, loadavg } from 'node:os';
import { loadTensorflow } from '../src/engine/device/load-tensorflow.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { CASES, LABELS } from './train/cases.ts';
import { watchProcessor } from './shared/watch-processor.ts';
import { checkLoss } from './train/check-loss.ts';
import { measureCase } from './train/measure.ts';
import type { Result } from './train/measure.ts';
import { startTorchPeer } from './train/peer.ts';
import { toSection, toTable } from './train/table.ts';

// Both sides on the processor, with as many threads. TensorFlow reads these when it is loaded.
const threads = availableParallelism();
Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });

const startedAt = performance.now();
const loadBefore = loadavg()[0]!;
const { name, refusals } = await loadTensorflow();
if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
const usage = watchProcessor();
const peer = await startTorchPeer(threads);
try {
  await checkLoss(CASES[0]!.recipe, LABELS, peer);
  const results: Result[] = [];
  for (const each of CASES) {
    console.error(`bench: ${each.title} ...`);
    const result = await measureCase(each, peer);
    results.push(result);
    console.error(`bench: ${each.title}: ours ${result.ours.toFixed(1)} images/s, PyTorch ${result.theirs[result.best].toFixed(1)} (${result.best}), ratio ${result.ratio.toFixed(2)}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(toTable(results));
  const page = writeSection('train', toSection(results, { versions: peer.versions, threads, loadBefore, othersShare: usage.othersShare(await peer.processorTime()), seconds }));
  console.log(`Written to ${page}`);
} finally {
  peer.end();
}
