import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { allPairsFigures } from '../../src/evaluation/all-pairs-figures.ts';
import { equalErrorRate } from '../../src/evaluation/equal-error-rate.ts';
import { fnmrAtFmr } from '../../src/evaluation/fnmr-at-fmr.ts';
import { seededRandom } from '../../src/evaluation/random.ts';
import type { Metric } from '../../src/evaluation/score-metrics.ts';
import { DEFAULT_COSTS, scoreMetrics } from '../../src/evaluation/score-metrics.ts';
import { KS, TARGETS } from './cases.ts';
import type { Outcome } from './outcome.ts';

// One case in a process of its own, so that its memory is its own: node ours.ts scores|pairs FOLDER REPLICATES|DIMENSION
const [name, folder, parameter] = process.argv.slice(2) as ['scores' | 'pairs', string, string];
const bytes = (file: string): ArrayBuffer => {
  const read = readFileSync(join(folder, file));
  return read.buffer.slice(read.byteOffset, read.byteOffset + read.byteLength) as ArrayBuffer;
};
const residentMb = (): number => process.memoryUsage().rss / 1e6;

const measure = { scores: measureScores, pairs: measurePairs }[name];
const outcome = await measure(Number(parameter));
console.log(JSON.stringify({ ...outcome, peakMb: process.resourceUsage().maxRSS / 1e3 } satisfies Outcome));

async function measureScores(replicates: number): Promise<Omit<Outcome, 'peakMb'>> {
  const attributed = {
    mated: new Float64Array(bytes('mated')), matedSubjects: new Int32Array(bytes('matedSubjects')),
    nonMated: new Float64Array(bytes('nonMated')), nonMatedFirst: new Int32Array(bytes('nonMatedFirst')), nonMatedSecond: new Int32Array(bytes('nonMatedSecond')),
  };
  const rows = { scores: { mated: attributed.mated, nonMated: attributed.nonMated }, attributed };
  const plan = { targets: TARGETS, costs: DEFAULT_COSTS };
  const inputMb = residentMb();
  const begin = performance.now();
  const plain = scoreMetrics(rows, plan);
  const middle = performance.now();
  const withIntervals = scoreMetrics(rows, { ...plan, bootstrap: { replicates, confidence: 0.95, random: seededRandom(3) } });
  const end = performance.now();
  const limits = (metric: Metric, side: 'low' | 'high'): number => (metric as Record<'low' | 'high', number>)[side];
  const fnmrs = plain.fnmrAtFmr as readonly { target: number; fnmr: number }[];
  const { eer, auc, dPrime } = plain as unknown as Record<'eer' | 'auc' | 'dPrime', number>;
  const figures = {
    eer, auc, dPrime, ...Object.fromEntries(fnmrs.map(({ target, fnmr }) => [`fnmr at ${target}`, fnmr])),
    eerLow: limits(withIntervals.eer, 'low'), eerHigh: limits(withIntervals.eer, 'high'),
    aucLow: limits(withIntervals.auc, 'low'), aucHigh: limits(withIntervals.auc, 'high'),
  };
  // The second call computes the plain figures again: its surplus is the bootstrap's.
  const seconds = { metrics: (middle - begin) / 1000, bootstrap: Math.max(0, end - middle - (middle - begin)) / 1000 };
  return { seconds, figures, inputMb, versions: { node: process.versions.node } };
}

async function measurePairs(dimension: number): Promise<Omit<Outcome, 'peakMb'>> {
  Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${availableParallelism()}` });
  const { loadTensorflow } = await import('../../src/engine/device/load-tensorflow.ts');
  const { name: backend } = await loadTensorflow();
  if (backend !== 'tensorflow') console.error(`bench: our side runs on the ${backend} backend.`);
  const { matmulTiles } = await import('../../src/engine/compare/matmul-tiles.ts');
  const templates = { embeddings: new Float32Array(bytes('embeddings')), dimension, subjects: new Int32Array(bytes('subjects')) };
  const inputMb = residentMb();
  const begin = performance.now();
  const { roc, retrieval } = allPairsFigures(matmulTiles(templates), { targets: TARGETS, ks: KS });
  const seconds = { 'ROC and recall': (performance.now() - begin) / 1000 };
  const figures = {
    eer: equalErrorRate(roc.points).rate, auc: roc.area,
    ...Object.fromEntries(TARGETS.map((target) => [`fnmr at ${target}`, fnmrAtFmr(roc.points, target).fnmr])),
    ...Object.fromEntries(retrieval.recallAtK.map(({ k, recall }) => [`recall at ${k}`, recall])),
  };
  return { seconds, figures, inputMb, versions: { node: process.versions.node, backend } };
}
