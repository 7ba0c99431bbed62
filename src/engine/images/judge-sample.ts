import type { SampleQuality } from '../../contract/requests/inspections.ts';

/** One thing that quality looks at: 0 to 100, and what to say and do when it is low. */
export interface Measure {
  name: string;
  score: number;
  reason: string;
}

/** Below this a component is worth a word. */
const WORTH_SAYING = 60;

/** A sample is as good as its worst measure. */
export function judgeSample(unordered: readonly Measure[]): SampleQuality {
  const measures = unordered.toSorted((one, other) => one.score - other.score);
  return {
    score: measures[0]!.score,
    reasons: measures.filter(({ score }) => score < WORTH_SAYING).map(({ reason }) => reason),
    components: Object.fromEntries(measures.map(({ name, score }) => [name, score])),
  };
}

/** 0 at `worst`, 100 at `best`, straight between, whichever is larger. */
export const grade = (value: number, worst: number, best: number): number => Math.round(100 * Math.min(1, Math.max(0, (value - worst) / (best - worst))));
