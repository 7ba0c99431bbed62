import { permutation, randomStream } from '../random.ts';

/** An endless, seeded deal of `count` things, `size` at a time. */
export interface Deal {
  seed: number;
  /** Names the stream: different names deal differently. */
  stream: string;
  count: number;
  size: number;
}

/**
 * The hand dealt at a turn. All things are shuffled and dealt; when they run out they are shuffled again. The last hand of
 * a round is filled up from the first of the same round, so within a hand nothing comes twice unless `size` exceeds `count`.
 * A hand depends on nothing but the deal and the turn: a resumed run deals the same hands.
 */
export function handAt(deal: Deal, turn: number): Int32Array {
  const handsPerRound = Math.ceil(deal.count / deal.size);
  const round = Math.floor(turn / handsPerRound);
  const first = (turn % handsPerRound) * deal.size;
  const order = permutation(deal.count, randomStream(deal.seed, deal.stream, round));
  return Int32Array.from({ length: deal.size }, (_, index) => order[(first + index) % deal.count]!);
}

/** How often each thing has come up in a full hand before this turn, fill-ups not counted: the number of whole rounds. */
export function roundAt(deal: Deal, turn: number): number {
  return Math.floor(turn / Math.ceil(deal.count / deal.size));
}

/** Number of things in the hand of this turn that are there only to fill it up; they stand last. */
export function filledUpAt(deal: Deal, turn: number): number {
  const handsPerRound = Math.ceil(deal.count / deal.size);
  const isLast = turn % handsPerRound === handsPerRound - 1;
  return isLast ? handsPerRound * deal.size - deal.count : 0;
}
