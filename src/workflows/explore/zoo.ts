import type { ZooReport } from '../../contract/requests/explore.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { Zoo } from '../../evaluation/zoo.ts';
import { zooOf } from '../../evaluation/zoo.ts';
import { attributePairs } from '../score-pairs.ts';
import { attributedSample } from '../score-survey.ts';
import type { ComparedPairs } from './comparisons.ts';

export interface ZooOrder {
  compared: ComparedPairs;
  /** Of the subjects, by number. */
  names: string[];
}

/** The menagerie, with the names of its people. */
export function* zooReport({ compared, names }: ZooOrder): Generator<Progress, ZooReport> {
  const scores = attributedOf(compared);
  yield { done: 0, total: scores.mated.length + scores.nonMated.length };
  return zooReportOf(zooOf(scores), names);
}

/** All comparisons, or an even sample of them, with their subjects. */
export function attributedOf(compared: ComparedPairs): AttributedScores {
  if (compared.kind === 'some') return attributedSample(compared.kept, compared.subjects);
  return attributePairs(compared.allPairs.scores, compared.allPairs.subjects);
}

/** @param names of the subjects, by number. */
export function zooReportOf(zoo: Zoo, names: readonly string[]): ZooReport {
  return {
    subjects: zoo.subjects.map(({ subject, animal, ...means }) => ({ ...means, subject: names[subject]!, animal: animal ?? null })),
    matedQuartiles: [...zoo.matedQuartiles],
    nonMatedQuartiles: [...zoo.nonMatedQuartiles],
    corners: (['dove', 'worm', 'chameleon', 'phantom'] as const).map((animal) => ({ animal, ...zoo.counts[animal] })),
    unplaced: zoo.unplaced.map((subject) => names[subject]!),
    failures: zoo.failures,
  };
}
