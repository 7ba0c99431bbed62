import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SweepFigure, SweepResults } from '../../contract/requests/sweeps.ts';
import { RequestError } from '../../contract/request-error.ts';
import { inPercent } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { count, duration } from '../figures.ts';
import type { Remark } from '../follow-job.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import { readJson } from '../read-json.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { datasetOf } from './dataset.ts';

interface SweepOptions {
  dataset: string;
  out: string;
  losses?: string;
  recipe?: string;
  epochs?: number;
  seeds: number;
  leastImages: number;
  report?: string;
  note?: string;
}

const explained = `
Without --losses: the thirteen items of the survey, direction regularisation on each of its three losses. Other losses and presets
may be named too: --losses triplet-euclidean,arcface,triplet.code. All share split, network, batches, optimiser and epochs; seeds 1
to N vary first weights, batches and augmentation. The epoch is chosen on the validation people, the table is of the test people.
Ctrl-C, or worse, loses at most the epoch at work: the same command goes on, and trains nothing twice. Another plan is refused there.`;

export const registerSweep: Register = (program, perform) => {
  addCommand(program, 'sweep', 'Train several losses alike and compare them on people they have not seen')
    .requiredOption('--dataset <name>', 'a dataset by name or id, or a path, which is added first')
    .requiredOption('--out <dir>', 'folder of the sweep: its plan, its checkpoints, results.json and results.md')
    .option('--losses <list>', 'which, by comma (else all of the survey)')
    .option('--recipe <file>', 'what they share, as JSON: a recipe without loss, regularisers, miner and memory')
    .option('--epochs <number>', 'epochs of every training', wholeNumber(1, 10_000))
    .option('--seeds <number>', 'seeds of every loss, at least 3', wholeNumber(3, 100), 3)
    .option('--least-images <number>', 'people with fewer pictures take no part', wholeNumber(1, 1000), 1)
    .option('--report <file>', 'write the page of results there as well')
    .option('--note <text>', 'a sentence for the page, such as the terms of the pictures')
    .addHelpText('after', explained)
    .action((options: SweepOptions, command) => perform(command, (session) => sweep(session, options)));
};

async function sweep(session: Session, options: SweepOptions): Promise<Outcome> {
  const folder = resolve(session.cwd, options.out);
  const dataset = await datasetOf(session, options.dataset);
  const written = options.recipe === undefined ? {} : await readJson(resolve(session.cwd, options.recipe), 'bad-recipe');
  const { jobId } = await session.ask('sweeps.start', {
    datasetId: dataset.id,
    folder,
    items: options.losses?.split(',').map((key) => key.trim()).filter((key) => key !== '') ?? null,
    seeds: Array.from({ length: options.seeds }, (_, index) => index + 1),
    recipe: { ...written, ...(options.epochs !== undefined && { epochs: options.epochs }) },
    leastImages: options.leastImages,
    command: commandLine(options),
    note: options.note ?? '',
  });
  const job = await followJob(session, jobId, linesOf(jobId)).catch((error: unknown) => {
    if (!(error instanceof RequestError) || !['cancelled', 'engine-lost'].includes(error.code)) throw error;
    throw new RequestError(error.code, `${error.message} The same command goes on where it stopped.`);
  });
  const { results, page } = await session.ask('sweeps.results', { folder });
  const report = options.report === undefined ? null : resolve(session.cwd, options.report);
  if (report !== null) await writeReport(report, page);
  const files = [join(folder, 'results.json'), join(folder, 'results.md'), ...(report === null ? [] : [report])];
  return {
    json: { ...results, files },
    text: [describe(results), '', job.message, ...(report === null ? [] : [`The page is in ${report}.`])].join('\n'),
    exitCode: results.done < results.runs ? exitCodes.error : exitCodes.ok,
  };
}

async function writeReport(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch((error: Error) => {
    throw new RequestError('storage', `${file} could not be written: ${error.message}. The page lies in the folder of the sweep too, as results.md.`);
  });
}

/** What was typed, for the page: with it anybody can make the table again. */
function commandLine({ dataset, out, losses, recipe, epochs, seeds, leastImages, report, note }: SweepOptions): string {
  const given: [string, string | number | undefined][] = [
    ['dataset', dataset], ['least-images', leastImages === 1 ? undefined : leastImages], ['losses', losses], ['recipe', recipe], ['epochs', epochs], ['seeds', seeds],
    ['out', out], ['report', report], ['note', note],
  ];
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(String(value))}`]));
  return `npm run --silent likeness -- sweep ${words.join(' ')}`;
}

function quoted(word: string): string {
  return /^[\w./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The lines of the job's log, each once, above the bar. */
function linesOf(jobId: string): Remark {
  let said: readonly string[] = [];
  return (event) => {
    if (event.type === 'engine') return event.message;
    if (event.type !== 'job' || event.job.id !== jobId) return null;
    const fresh = event.job.log.filter((line) => !said.includes(line));
    said = event.job.log;
    return fresh.length === 0 ? null : fresh.join('\n');
  };
}

function describe({ rows, dataset, comparisons, done, runs, seeds, durationMs, failures }: SweepResults): string {
  const test = dataset.parts['test'];
  const head = `${dataset.name}, ${count(test?.subjects ?? 0, 'test person')} with ${count(test?.images ?? 0, 'picture')}: ${count(comparisons?.mated ?? 0, 'mated comparison')}, ${count(comparisons?.nonMated ?? 0, 'non-mated comparison')}. ${String(done)} of ${count(runs, 'run')}, ${duration(durationMs)} of work.`;
  const spread = ({ bySeed }: SweepFigure): string => (bySeed.length < 2 ? '' : `${(100 * Math.min(...bySeed)).toFixed(1)} to ${(100 * Math.max(...bySeed)).toFixed(1)}`);
  const lines = rows.map(({ title, meanAveragePrecisionAtR, eer, recallAt1 }) =>
    [title, inPercent()(meanAveragePrecisionAtR), spread(meanAveragePrecisionAtR), inPercent()(eer), spread(eer), inPercent()(recallAt1)]);
  return [
    head, '', table(['', 'MAP@R', 'seeds', 'EER', 'seeds', 'Recall@1'], lines), '',
    `Means over ${count(seeds.length, 'seed')}. In brackets: 95 % intervals, bootstrap over the test people; "seeds": lowest and highest.`,
    ...failures.map(({ run, reason }) => `Failed: ${run}: ${reason}`),
  ].join('\n');
}
