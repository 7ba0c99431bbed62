import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../shared/median.ts';
import { drawBatch } from './batch.ts';
import type { Case } from './cases.ts';
import { createOurLoss } from './ours.ts';
import type { Evaluation } from './ours.ts';
import type { Author, TorchPeer } from './peer.ts';

export interface Result {
  readonly name: string;
  /** Milliseconds of a step, the median of all. */
  readonly ours: number;
  readonly plain: number;
  readonly library: number | null;
  /** The faster PyTorch / ours. */
  readonly ratio: number;
  /** The same ratio from the medians of each round. */
  readonly rounds: number[];
  /** Largest relative difference of value and gradients, to either peer. */
  readonly disagreement: number;
}

export const ROUNDS = 9;
const WARM_UP_STEPS = 3;
const ROUND_MS = 150;
const MOST_STEPS = 20;
/** In which the threads of the side that has just run come to rest. */
const REST_MS = 50;
/** Float32 on both sides, and the library adds small constants under its roots and logarithms. */
const TOLERANCE = 2e-3;

type Runner = (steps: number) => Promise<number[]>;

/** Ours, plain PyTorch and the library in turn, round by round. */
export async function measureCase(each: Case, peer: TorchPeer): Promise<Result> {
  const { name } = each.recipe;
  const batch = drawBatch(each);
  const our = createOurLoss(each, batch);
  await peer.create(each, batch);
  const authors: Author[] = each.isInLibrary ? ['plain', 'library'] : ['plain'];
  let disagreement = 0;
  for (const author of authors) {
    const gap = disagreementOf(our.evaluate(), await peer.evaluate(author));
    if (!(gap < TOLERANCE)) throw new Error(`${name}: ours and ${author} differ by ${gap}.`);
    disagreement = Math.max(disagreement, gap);
  }
  const runners: [side: 'ours' | Author, run: Runner][] = [
    ['ours', (steps) => Promise.resolve(our.run(steps))],
    ...authors.map((author): [Author, Runner] => [author, (steps) => peer.run(author, steps)]),
  ];
  const medians = await inTurns(runners);
  our.dispose();
  const [ours, plain] = [median(medians.ours), median(medians.plain)];
  const library = each.isInLibrary ? median(medians.library) : null;
  const faster = library !== null && library < plain ? 'library' : 'plain';
  const rounds = medians.ours.map((ms, round) => medians[faster][round]! / ms);
  return { name, ours, plain, library, ratio: Math.min(plain, library ?? Infinity) / ours, rounds, disagreement };
}

/** The median of each round, by side. */
async function inTurns(runners: readonly [side: 'ours' | Author, run: Runner][]): Promise<Record<'ours' | Author, number[]>> {
  const medians: Record<'ours' | Author, number[]> = { ours: [], plain: [], library: [] };
  const steps = { ours: 1, plain: 1, library: 1 };
  for (const [side, run] of runners) {
    const warm = await run(WARM_UP_STEPS);
    steps[side] = Math.min(MOST_STEPS, Math.max(1, Math.ceil(ROUND_MS / warm.at(-1)!)));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [side, run] of runners) {
      await pause(REST_MS);
      medians[side].push(median(await run(steps[side])));
    }
  }
  return medians;
}

function disagreementOf(ours: Evaluation, theirs: Evaluation): number {
  return Math.max(
    Math.abs(ours.loss / theirs.loss - 1),
    gap(ours.embeddings, theirs.embeddings), gap(ours.proxies, theirs.proxies),
  );
}

/** Largest difference, relative to the largest entry of the second. */
function gap(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  let [difference, largest] = [0, 0];
  expected.forEach((value, index) => {
    difference = Math.max(difference, Math.abs(value - actual[index]!));
    largest = Math.max(largest, Math.abs(value));
  });
  return expected.length === 0 ? 0 : difference / largest;
}
