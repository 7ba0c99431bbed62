import type { Estimate } from '../contract/vocabulary.ts';
import { mateRanks } from '../evaluation/mate-ranks.ts';
import { randomInteger, seededRandom } from '../evaluation/random.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';

const replicates = 1000;

/**
 * Rank-1 identification rate, each sample searched among all others, with a 95 % interval from resampling the subjects.
 * Null when no subject has two samples.
 */
export function rankOneEstimate(templates: TemplateSet, seed: number): Estimate | null {
  const bySubject = new Map<number, { hits: number; searches: number }>();
  for (const { query, ranks } of mateRanks(templates)) {
    const subject = templates.subjects[query]!;
    const counts = bySubject.get(subject) ?? { hits: 0, searches: 0 };
    counts.searches++;
    if (ranks[0] === 1) counts.hits++;
    bySubject.set(subject, counts);
  }
  const subjects = [...bySubject.values()];
  if (subjects.length === 0) return null;
  const rates = resampledRates(subjects, seed).sort();
  const percentile = (share: number): number => rates[Math.round(share * (rates.length - 1))]!;
  return { value: rateOf(subjects), low: percentile(0.025), high: percentile(0.975) };
}

type Counts = { hits: number; searches: number };

function resampledRates(subjects: Counts[], seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: replicates }, () =>
    rateOf(subjects.map(() => subjects[randomInteger(random, subjects.length)]!)),
  );
}

function rateOf(subjects: Counts[]): number {
  const hits = subjects.reduce((sum, counts) => sum + counts.hits, 0);
  const searches = subjects.reduce((sum, counts) => sum + counts.searches, 0);
  return hits / searches;
}
