import { rowSimilarity } from './cosine-similarity.ts';
import type { TemplateSet } from './template-set.ts';

/** Scores of all pairs i < j of n samples, row by row: the place of a score tells which two samples it compares. */
export interface AllPairs {
  readonly scores: Float64Array; // [n (n - 1) / 2]
  readonly subjects: Int32Array; // [n]
}

export interface ScoredPair {
  readonly first: number;
  readonly second: number;
  readonly score: number;
}

export interface PairChoice {
  readonly kind: 'mated' | 'non-mated';
  /** Worst: non-mated from the highest score down, mated from the lowest up. Nearest: to the threshold, on either side of it. */
  readonly order: 'worst' | 'nearest';
  readonly threshold: number;
  readonly limit: number;
}

/** Pairs of the chosen kind as they come; the first of an order are kept (equals: as they came). */
export interface PairChooser {
  readonly add: (first: number, second: number, score: number) => void;
  /** Those kept, and how many of all that came the threshold gets wrong (a match: score >= threshold). */
  readonly result: () => { errors: number; pairs: ScoredPair[] };
}

export function pairChooser({ kind, order, threshold, limit }: PairChoice): PairChooser {
  const isMated = kind === 'mated';
  const chosen: (ScoredPair & { cost: number })[] = [];
  let errors = 0;
  return {
    add: (first, second, score) => {
      if (score >= threshold !== isMated) errors++;
      const cost = order === 'nearest' ? Math.abs(score - threshold) : isMated ? score : -score;
      if (chosen.length === limit && cost >= chosen.at(-1)!.cost) return;
      if (chosen.length === limit) chosen.pop();
      chosen.splice(placeFor(chosen, cost), 0, { first, second, score, cost });
    },
    result: () => ({ errors, pairs: chosen.map(({ first, second, score }) => ({ first, second, score })) }),
  };
}

/** The first pairs of a kind in an order, and how many of the kind the threshold gets wrong. */
export function choosePairs({ scores, subjects }: AllPairs, choice: PairChoice): { errors: number; pairs: ScoredPair[] } {
  const chooser = pairChooser(choice);
  let place = 0;
  for (let first = 0; first < subjects.length; first++) {
    for (let second = first + 1; second < subjects.length; second++, place++) {
      if ((subjects[first] === subjects[second]) === (choice.kind === 'mated')) chooser.add(first, second, scores[place]!);
    }
  }
  return chooser.result();
}

/** After all of lower or equal cost. */
function placeFor(chosen: readonly { cost: number }[], cost: number): number {
  let [low, high] = [0, chosen.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chosen[middle]!.cost <= cost) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The samples that one sample resembles most, best first; equals in their order. */
export function nearestSamples({ scores, subjects }: AllPairs, sample: number, limit: number): { sample: number; score: number }[] {
  const count = subjects.length;
  return nearest(count, { sample, limit }, (other) => scores[pairPlace(Math.min(sample, other), Math.max(sample, other), count)]!);
}

/** The same from the templates, where the scores of all pairs are not at hand: one dot product a sample. */
export function nearestTemplates(templates: TemplateSet, sample: number, limit: number): { sample: number; score: number }[] {
  const similarity = rowSimilarity(templates, templates);
  return nearest(templates.subjects.length, { sample, limit }, (other) => similarity(Math.min(sample, other), Math.max(sample, other)));
}

function nearest(count: number, { sample, limit }: { sample: number; limit: number }, scoreOf: (other: number) => number): { sample: number; score: number }[] {
  const others = Array.from({ length: count }, (_, other) => other).filter((other) => other !== sample);
  return others
    .map((other) => ({ sample: other, score: scoreOf(other) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, limit);
}

/** The place of the pair first < second among all pairs of `count` samples. */
export const pairPlace = (first: number, second: number, count: number): number => first * count - (first * (first + 1)) / 2 + second - first - 1;
