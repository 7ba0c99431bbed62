import { RequestError } from '../contract/request-error.ts';
import type { ThresholdInUse } from '../contract/requests/matching.ts';
import type { GalleryTransform, ScoreTransform } from '../contract/requests/cancelable.ts';
import { rateWords } from '../evaluation/number-words.ts';
import { findEvaluation } from '../store/evaluations.ts';
import { findModel } from '../store/models.ts';
import type { Database } from '../store/statement.ts';
import { findThreshold, saveThreshold } from '../store/thresholds.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

/** The transform whose scores are meant: a rotation keeps every score, so what was chosen without it holds. */
export function scoresOf(transform: GalleryTransform): ScoreTransform {
  return transform === 'random-orthogonal' ? 'none' : transform;
}

/** The threshold of a model under a transform; null where none was chosen for this very pair, whatever there is for another. */
export function thresholdFor(database: Database, { modelId, transform }: { modelId: string; transform: GalleryTransform }): ThresholdInUse | null {
  return findThreshold(database, { modelId, transform: scoresOf(transform) }) ?? null;
}

/**
 * Takes one of the thresholds that an evaluation offers, for the model it evaluated.
 *
 * @throws RequestError('too-little-data') with the reason where the evaluation could not offer one.
 */
export function chooseOfferedThreshold(
  workbench: Workbench,
  { evaluationId, targetFmr }: { evaluationId: string; targetFmr: number },
): ThresholdInUse {
  const { database } = workbench.store;
  const evaluation = findEvaluation(database, evaluationId);
  if (evaluation === undefined) throw new RequestError('not-found', 'This evaluation is not known (any more).');
  const { report } = evaluation;
  if (findModel(database, report.modelId) === undefined) {
    throw new RequestError('not-found', `${report.modelName} was removed, so a threshold for it has no use.`);
  }
  const offered = report.thresholds.find(({ target }) => target === targetFmr);
  if (offered === undefined) {
    const targets = report.thresholds.map(({ target }) => rateWords(target)).join(', ');
    throw new RequestError('invalid-input', `This evaluation offers thresholds for an FMR of ${targets}, not ${rateWords(targetFmr)}.`);
  }
  const { threshold, fmr, fnmr, refusal } = offered;
  if (threshold === null || fmr === null || fnmr === null) {
    throw new RequestError('too-little-data', refusal ?? 'The data cannot support this target.');
  }
  const chosen: ThresholdInUse = {
    modelId: report.modelId, transform: report.transform ?? 'none', threshold, targetFmr, fmr, fnmr, nonMatedComparisons: report.counts.nonMated,
    datasetName: report.datasetName, evaluationId, chosenAt: Date.now(),
  };
  saveThreshold(database, chosen);
  announce(workbench, 'thresholds', 'desk');
  return chosen;
}
