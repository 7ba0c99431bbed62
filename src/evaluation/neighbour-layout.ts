import type { NeighbourGraph } from './neighbour-graph.ts';
import type { Random } from './random.ts';
import type { Progress } from './steps.ts';
import { randomInteger } from './random.ts';

/** 1 / (1 + A d^2B) is the closest such curve to one that is flat up to 0.1 and then falls as e^-d: the values that umap-learn fits. */
const A = 1.5769434603113077;
const B = 0.8950608779109733;
const REPULSIONS = 5; // of rows drawn at random, for each pull
const FURTHEST_MOVE = 4;
const LEAST_SQUARE = 1e-3;
const START_SIDE = 10; // of the middle, of what the layout begins with
const START_NOISE = 1e-4;

/** More rounds for few rows, which have fewer pulls a round. */
const roundsFor = (rows: number): number => (rows <= 10_000 ? 500 : 200);

/**
 * Lays rows flat so that those that belong together lie together, by stochastic gradient descent: a pull along each edge as
 * often as it weighs, each with five pushes away from rows drawn at random (McInnes, Healy and Melville, "UMAP",
 * arXiv:1802.03426, algorithm 5). It begins with the plane that is given, since what neighbours do not decide stays as it
 * began (Kobak and Linderman, Nature Biotechnology 39, 2021). Progress in rounds.
 *
 * @param start [rows, 2], row-major.
 */
export function* layFlat(graph: NeighbourGraph, start: ArrayLike<number>, random: Random): Generator<Progress, Float32Array> {
  const places = scaled(start, random);
  const rounds = roundsFor(graph.rows);
  const { from, to, every } = pulled(graph, rounds);
  const next = every.slice(); // the round of the next pull along each edge
  for (let round = 0; round < rounds; round++) {
    const step = 1 - round / rounds;
    for (let edge = 0; edge < every.length; edge++) {
      if (next[edge]! > round) continue;
      next[edge]! += every[edge]!;
      pull(places, { row: 2 * from[edge]!, other: 2 * to[edge]!, step });
      for (let times = 0; times < REPULSIONS; times++) push(places, { row: 2 * from[edge]!, other: 2 * randomInteger(random, graph.rows), step });
    }
    yield { done: round + 1, total: rounds };
  }
  return Float32Array.from(places);
}

function scaled(start: ArrayLike<number>, random: Random): Float64Array {
  let widest = 0;
  for (let at = 0; at < start.length; at++) widest = Math.max(widest, Math.abs(start[at]!));
  // Equal rows would never part.
  return Float64Array.from(start, (value) => (START_SIDE * value) / widest + START_NOISE * (random() - 0.5));
}

/** The edges that are pulled at all in so many rounds, and every how many rounds. */
function pulled({ from, to, weights }: NeighbourGraph, rounds: number): { from: Uint32Array; to: Uint32Array; every: Float64Array } {
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const isPulled = (_: number, edge: number): boolean => weights[edge]! >= heaviest / rounds;
  return { from: from.filter(isPulled), to: to.filter(isPulled), every: weights.filter(isPulled).map((weight) => heaviest / weight) };
}

interface Move {
  readonly row: number; // of its first number among the places, as is the other's
  readonly other: number;
  readonly step: number;
}

function pull(places: Float64Array, { row, other, step }: Move): void {
  const [x, y] = [places[row]! - places[other]!, places[row + 1]! - places[other + 1]!];
  const square = x * x + y * y;
  if (square === 0) return;
  const power = square ** B;
  const slope = (-2 * A * B * power) / (square * (A * power + 1));
  const [byX, byY] = [step * clipped(slope * x), step * clipped(slope * y)];
  places[row]! += byX;
  places[row + 1]! += byY;
  places[other]! -= byX;
  places[other + 1]! -= byY;
}

function push(places: Float64Array, { row, other, step }: Move): void {
  const [x, y] = [places[row]! - places[other]!, places[row + 1]! - places[other + 1]!];
  const square = x * x + y * y;
  if (square === 0) return;
  const slope = (2 * B) / ((LEAST_SQUARE + square) * (A * square ** B + 1));
  places[row]! += step * clipped(slope * x);
  places[row + 1]! += step * clipped(slope * y);
}

const clipped = (move: number): number => Math.max(-FURTHEST_MOVE, Math.min(FURTHEST_MOVE, move));
