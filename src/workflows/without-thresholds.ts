import type { OfferedThreshold } from '../contract/requests/evaluations.ts';
import type { Part } from '../contract/vocabulary.ts';
import { targets } from './system-figures.ts';

/** The refusals of an evaluation whose dataset has no identities left to choose a threshold on. */
export function withoutThresholds(part: Part, datasetName: string): OfferedThreshold[] {
  const refusal =
    part === 'validation'
      ? 'A threshold is chosen on the validation identities and judged on others. Evaluate the test part to get thresholds.'
      : `The validation part of ${datasetName} has no mated and non-mated pairs to choose a threshold on. Give it more subjects.`;
  return targets.map((target) => ({ target, threshold: null, refusal, developmentFmr: null, fmr: null, fnmr: null }));
}
