import type { CountProgress, EngineOperations } from '../../contract/engine-port.ts';
import type { NearestRows } from '../../evaluation/nearest-rows.ts';
import { nearestRows } from '../../evaluation/nearest-rows.ts';
import type { PairSurvey } from '../../evaluation/pairs-survey.ts';
import { surveyPairs } from '../../evaluation/pairs-survey.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import type { Work } from '../process/serve.ts';
import { inSteps } from './in-steps.ts';
import { matmulTiles } from './matmul-tiles.ts';

/** Surveys all comparisons of templates by the matrix product. */
export async function surveyTemplates({ templates, ...plan }: EngineOperations['pairs.survey']['input'], work: Work<CountProgress>): Promise<PairSurvey> {
  await loadTensorflow();
  return inSteps(surveyPairs(matmulTiles(templates), plan), work);
}

/** The nearest neighbours of every template among the others, out of the same comparisons. */
export async function nearestTemplates({ templates, count }: EngineOperations['pairs.nearest']['input'], work: Work<CountProgress>): Promise<NearestRows> {
  await loadTensorflow();
  return inSteps(nearestRows(matmulTiles(templates), count), work);
}
