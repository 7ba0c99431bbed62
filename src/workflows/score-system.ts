import type { SampledPairs } from '../evaluation/sampled-pairs.ts';
import type { TemplateSet } from '../evaluation/template-set.ts';
import type { RunningJob } from './jobs.ts';
import type { ThreadOptions } from './run-in-thread.ts';
import { runInThread } from './run-in-thread.ts';
import type { SurveyedTemplates, SurveyOutcome } from './score-survey.ts';
import { keptSample, mostKeptPairs } from './score-survey.ts';
import type { ScoringOrder } from './scoring.ts';
import { hasBothKinds } from './scoring.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import { targets } from './system-figures.ts';
import type { Workbench } from './workbench.ts';

export interface ScoredSystemOutcome extends SurveyOutcome {
  /** Scores of all pairs i < j, row by row; null where there are too many to keep. */
  readonly scores: Float64Array | null;
  /** Some of them then. */
  readonly sample: SampledPairs | null;
}

/** Turns templates into figures: in memory where that is possible, else by a survey in the engine. */
export async function scoreSystem(workbench: Workbench, order: ScoringOrder, job: RunningJob): Promise<ScoredSystemOutcome> {
  const { evaluated, development, name } = order;
  const options: ThreadOptions = {
    signal: job.signal,
    onProgress: ({ done, total }) => job.progress({ message: `Resampling the subjects (${name}): ${Math.round((100 * done) / total)} %.` }),
  };
  if (pairsOf(evaluated) <= (workbench.mostKeptPairs ?? mostKeptPairs)) return { ...(await runInThread('score-system', order, options)), sample: null };
  const surveyed = await survey(workbench, { templates: evaluated, name }, job);
  const chosenOn = development !== null && hasBothKinds(development.subjects) ? await survey(workbench, { templates: development, name }, job) : null;
  const outcome = await runInThread('score-survey', { ...order, evaluated: surveyed, development: chosenOn }, options);
  return { ...outcome, scores: null, sample: surveyed.survey.sample };
}

const pairsOf = ({ subjects }: TemplateSet): number => (subjects.length * (subjects.length - 1)) / 2;

async function survey(workbench: Workbench, { templates, name }: { templates: TemplateSet; name: string }, job: RunningJob): Promise<SurveyedTemplates> {
  // A target of 0 makes the end of the curve exact.
  const plan = { targets: [...targets, 0], sample: keptSample };
  const found = await surviveOneLoss(job, () => workbench.engine.call('pairs.survey', { templates, ...plan }, {
    lane: 'batch', signal: job.signal,
    onProgress: ({ done, total }) => job.progress({ message: `Comparing all pairs (${name}): ${Math.round((100 * done) / total)} %.` }),
  }));
  return { templates, survey: found };
}
