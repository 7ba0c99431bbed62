import type { ZooReport } from '../../contract/requests/explore.ts';
import type { AllPairs } from '../../evaluation/all-pairs.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { Zoo } from '../../evaluation/zoo.ts';
import { zooOf } from '../../evaluation/zoo.ts';
import { attributePairs } from '../score-pairs.ts';

export interface ZooOrder {
  allPairs: AllPairs;
  /** Of the subjects, by number. */
  names: string[];
}

/** The menagerie, with the names of its people. */
export function* zooReport({ allPairs: { scores, subjects }, names }: ZooOrder): Generator<Progress, ZooReport> {
  yield { done: 0, total: scores.length };
  return zooReportOf(zooOf(attributePairs(scores, subjects)), names);
}

/** @param names of the subjects, by number. */
export function zooReportOf(zoo: Zoo, names: readonly string[]): ZooReport {
  return {
    subjects: zoo.subjects.map(({ subject, animal, ...means }) => ({ ...means, subject: names[subject]!, animal: animal ?? null })),
    matedQuartiles: [...zoo.matedQuartiles],
    nonMatedQuartiles: [...zoo.nonMatedQuartiles],
    corners: (['dove', 'worm', 'chameleon', 'phantom'] as const).map((animal) => ({ animal, ...zoo.counts[animal] })),
    unplaced: zoo.unplaced.map((subject) => names[subject]!),
  };
}
