import { setImmediate } from 'node:timers/promises';
import type { CountProgress, EngineOperations } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { PairSurvey } from '../../evaluation/pairs-survey.ts';
import { surveyPairs } from '../../evaluation/pairs-survey.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import type { Work } from '../process/serve.ts';
import { matmulTiles } from './matmul-tiles.ts';

/** Surveys all comparisons of templates by the matrix product, and looks between its steps whether it is to stop. */
export async function surveyTemplates({ templates, ...plan }: EngineOperations['pairs.survey']['input'], { report, signal }: Work<CountProgress>): Promise<PairSurvey> {
  await loadTensorflow();
  const steps = surveyPairs(matmulTiles(templates), plan);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${step.value.done} of ${step.value.total} comparisons.`);
    report(step.value);
    await setImmediate();
  }
}
