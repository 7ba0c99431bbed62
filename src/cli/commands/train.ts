import type { DeskEvent } from '../../contract/events.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { DatasetCard } from '../../contract/requests/datasets.ts';
import { percentWords } from '../../workflows/report/report-words.ts';
import type { RecipeChoice } from '../choose-recipe.ts';
import { chooseRecipe, judgeRecipe, sentence } from '../choose-recipe.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { findRun } from '../find.ts';
import type { Remark } from '../follow-job.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import type { Session } from '../session.ts';
import { datasetOf } from './dataset.ts';
import { describeRun } from './runs.ts';

interface TrainOptions extends RecipeChoice {
  dataset?: string[];
  resume?: string;
  check?: true;
}

/** What only a run that begins can be told. */
const startOnly = ['recipe', 'loss', 'preset', 'epochs', 'seed', 'name', 'check'] as const;

export const registerTrain: Register = (program, perform) => {
  addCommand(program, 'train', 'Train an embedding on a dataset, or go on with a run that stopped')
    .option('--dataset <name>', 'a dataset by name or id, or a path, which is added first; more than one are mixed in every batch', oneMore)
    .option('--recipe <file>', 'recipe as JSON; what it leaves out has defaults')
    .option('--loss <name>', 'the usual recipe with another loss, at its published setting')
    .option('--preset <id>', 'one of the published settings, e.g. triplet.paper')
    .option('--epochs <number>', 'epochs to train', wholeNumber(1, 10_000))
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 0xffffffff))
    .option('--name <name>', 'what to call the run and its model')
    .option('--resume <run>', 'go on with a run, by name, id or "latest", exactly as if it had never stopped')
    .option('--check', 'only say what speaks against the recipe on this dataset, and train nothing')
    .addHelpText('after', '\nCtrl-C stops after the step at work; the run can be resumed from its last whole epoch.')
    .action((options: TrainOptions, command) => {
      if ((options.dataset === undefined) === (options.resume === undefined)) command.error('error: give either --dataset or --resume');
      const ignored = options.resume === undefined ? [] : startOnly.filter((name) => options[name] !== undefined);
      if (ignored.length > 0) command.error(`error: --resume goes on with the run's own recipe; leave out --${ignored.join(', --')}`);
      return perform(command, (session) => (options.check === undefined ? train(session, options) : check(session, options)));
    });
};

async function train(session: Session, options: TrainOptions): Promise<Outcome> {
  const { runId, jobId } = options.resume === undefined ? await start(session, options) : await resume(session, options.resume);
  await followJob(session, jobId, remarkOn(runId)).catch((error: unknown) => {
    if (!(error instanceof RequestError) || !['cancelled', 'engine-lost'].includes(error.code)) throw error;
    throw new RequestError(error.code, `${error.message} To go on: likeness train --resume ${runId}`);
  });
  const { run, epochs } = await session.ask('runs.get', { runId });
  return { json: { run, epochs }, text: [describeRun(run), ...(run.modelId === null ? [] : [await nextSteps(session, run.modelId)])].join('\n\n') };
}

/** A new model is not put to use by itself: everybody who is enrolled would be embedded again. */
async function nextSteps(session: Session, modelId: string): Promise<string> {
  const models = await session.ask('models.list', {});
  const own = models.find(({ id }) => id === modelId);
  if (own === undefined) return 'Its model was removed meanwhile.';
  if (own.inUse) return 'This model is in use. To measure it: likeness evaluate --baselines';
  const inUse = models.find((model) => model.inUse);
  const called = models.filter(({ name }) => name.toLowerCase() === own.name.toLowerCase()).length > 1 || !/^[\w.-]+$/.test(own.name) ? own.id : own.name;
  return `${inUse === undefined ? 'No model is in use yet.' : `${inUse.name} stays in use.`} To measure the new one: likeness evaluate --model ${called} --baselines\nTo enrol and match with it: likeness models use ${called}`;
}

/** Ends with 1 when there is an error: the recipe could not be trained so. */
async function check(session: Session, options: TrainOptions): Promise<Outcome> {
  const [dataset, ...others] = await datasetsOf(session, options.dataset ?? []);
  const { recipe, problems } = await judgeRecipe(session, { ...options, moreDatasetIds: others.map(({ id }) => id) }, dataset);
  const lines = problems.map((problem) => `${problem.severity}: ${sentence(problem)}`);
  const isRefused = problems.some(({ severity }) => severity === 'error');
  return { json: { recipe, problems }, text: lines.length === 0 ? 'Nothing speaks against it.' : lines.join('\n'), exitCode: isRefused ? exitCodes.error : exitCodes.ok };
}

async function start(session: Session, options: TrainOptions): Promise<{ runId: string; jobId: string }> {
  const [dataset, ...others] = await datasetsOf(session, options.dataset ?? []);
  const moreDatasetIds = others.map(({ id }) => id);
  const recipe = await chooseRecipe(session, { ...options, moreDatasetIds }, dataset);
  return session.ask('runs.start', { datasetId: dataset.id, moreDatasetIds, recipe });
}

/** One after the other: the second may be at a path that the first has just been added from. */
async function datasetsOf(session: Session, wanted: readonly string[]): Promise<[DatasetCard, ...DatasetCard[]]> {
  const [first = '', ...more] = wanted;
  const datasets: [DatasetCard, ...DatasetCard[]] = [await datasetOf(session, first)];
  for (const other of more) datasets.push(await datasetOf(session, other));
  return datasets;
}

/** Collects an option that is given several times. */
function oneMore(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function resume(session: Session, wanted: string): Promise<{ runId: string; jobId: string }> {
  const { id } = await findRun(session, wanted);
  return session.ask('runs.resume', { runId: id });
}

/** A line an epoch, one for an alarm within it, and what the job notes (pictures left out, triplets mined), each once, above the bar. */
function remarkOn(runId: string): Remark {
  const said = new Set<string>();
  return (event) => {
    const fresh = linesOn(runId, event).filter((line) => !said.has(line.toLowerCase()));
    for (const line of fresh) said.add(line.toLowerCase());
    return fresh.length > 0 ? fresh.join('\n') : null;
  };
}

function linesOn(runId: string, event: DeskEvent): string[] {
  if (event.type === 'engine') return event.message === null ? [] : [event.message];
  if (event.type === 'job') return event.job.subjectId === runId ? event.job.log : [];
  if (event.type === 'run.step' && event.runId === runId && event.step.alarm !== null) return [`step ${String(event.step.step)}: ${event.step.alarm}`];
  if (event.type !== 'run.epoch' || event.runId !== runId) return [];
  const { epoch, meanLoss, validationEer, kept, alarm } = event.epoch;
  const eer = validationEer === null ? '' : `, validation EER ${percentWords(validationEer)}`;
  // The contract counts epochs from 0, people from 1.
  return [`epoch ${String(epoch + 1)}: loss ${meanLoss.toFixed(4)}${eer}${kept ? ', kept' : ''}${alarm === null ? '' : `. ${alarm}`}`];
}
