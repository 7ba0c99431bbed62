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
  /** Whichever policy of waiting was faster. */
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
/** A side that is so many times slower than the fastest of PyTorch's is shown by one round: it cannot be the faster one. */
const OUTPACED = 4;
/** In which the threads of the side that has just run come to rest. */
const REST_MS = 50;
/** Float32 on both sides, and the library adds small constants under its roots and logarithms. */
const TOLERANCE = 2e-3;

/** One of those who take turns. */
interface Runner {
  readonly side: 'ours' | Author;
  readonly run: (steps: number) => Promise<number[]>;
}

/** Ours, plain PyTorch and the library in turn, round by round, PyTorch once for each policy of waiting. */
export async function measureCase(each: Case, peers: readonly TorchPeer[]): Promise<Result> {
  const { name } = each.recipe;
  const batch = drawBatch(each);
  const our = createOurLoss(each, batch);
  for (const peer of peers) await peer.create(each, batch);
  const authors: Author[] = each.isInLibrary ? ['plain', 'library'] : ['plain'];
  let disagreement = 0;
  for (const author of authors) {
    const gap = disagreementOf(our.evaluate(), await peers[0]!.evaluate(author));
    if (!(gap < TOLERANCE)) throw new Error(`${name}: ours and ${author} differ by ${gap}.`);
    disagreement = Math.max(disagreement, gap);
  }
  const turns = await inTurns([
    { side: 'ours', run: (steps) => Promise.resolve(our.run(steps)) },
    ...authors.flatMap((side) => peers.map((peer): Runner => ({ side, run: (steps) => peer.run(side, steps) }))),
  ]);
  our.dispose();
  const fastest = (sides: readonly Runner['side'][]) =>
    turns.filter(({ side }) => sides.includes(side)).reduce((best, other) => (median(other.rounds) < median(best.rounds) ? other : best));
  const [ours, plain, faster] = [fastest(['ours']), fastest(['plain']), fastest(authors)];
  return {
    name, ours: median(ours.rounds), plain: median(plain.rounds), library: each.isInLibrary ? median(fastest(['library']).rounds) : null,
    ratio: median(faster.rounds) / median(ours.rounds), rounds: ours.rounds.map((ms, round) => faster.rounds[round]! / ms), disagreement,
  };
}

interface Turns {
  readonly side: Runner['side'];
  /** The median of each round, ms. */
  readonly rounds: number[];
}

async function inTurns(runners: readonly Runner[]): Promise<Turns[]> {
  const turns: (Turns & Runner & { warm: number })[] = [];
  for (const runner of runners) {
    const [first] = await runner.run(1);
    const warm = first! > ROUND_MS ? first! : (await runner.run(WARM_UP_STEPS)).at(-1)!;
    turns.push({ ...runner, rounds: [], warm });
  }
  for (let round = 0; round < ROUNDS; round++) {
    // By the first round and not by the warm-up, in which a side may be slow once and fast ever after.
    const fastest = Math.min(...turns.filter(({ side }) => side !== 'ours').map(({ rounds }) => rounds[0] ?? Infinity));
    for (const { side, run, rounds, warm } of turns) {
      if (round > 0 && side !== 'ours' && rounds[0]! > OUTPACED * fastest) continue;
      await pause(REST_MS);
      rounds.push(median(await run(Math.min(MOST_STEPS, Math.max(1, Math.ceil(ROUND_MS / warm))))));
    }
  }
  return turns;
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
