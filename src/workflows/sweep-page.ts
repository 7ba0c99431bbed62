import type { SweepFigure, SweepResults, SweepRow } from '../contract/requests/sweeps.ts';
import type { Estimate } from '../contract/vocabulary.ts';
import { counted } from './counted.ts';

/** The results of a sweep as a page to keep: the table, how it was made, and what may be read from it. */
export function sweepPage(results: SweepResults): string {
  return [...head(results), ...resultTable(results), ...reading(results), ...method(results), ...settings(results), ...failures(results)].join('\n').trimEnd() + '\n';
}

function head({ dataset, seeds, rows, done, runs, command, note }: SweepResults): string[] {
  const losses = rows.filter(({ kind }) => kind === 'loss').length;
  return [
    '# Losses compared on people they have not seen',
    '',
    `${counted(losses, 'setting')} of losses, each trained with ${counted(seeds.length, 'seed')} on the same people of ${dataset.name}, with the same network, batches, optimiser and epochs, and measured on ${counted(dataset.parts['test']?.subjects ?? 0, 'person', 'people')} of whom no picture was seen in training or in choosing the epoch. Written by a command, not by hand:`,
    '',
    '```',
    ...(command === '' ? ['likeness sweep'] : command.split('\n')),
    '```',
    '',
    ...(done < runs ? [`**Not finished: ${done} of ${runs} runs are done.** The same command goes on.`, ''] : []),
    ...(note === '' ? [] : [note, '']),
  ];
}

function resultTable({ rows }: SweepResults): string[] {
  return [
    '| Loss | Survey | MAP@R, % | Seeds | EER, % | Seeds | Recall@1, % | Behind the best, MAP@R |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
    ...rows.map((row) => `| ${[
      row.kind === 'loss' ? row.title : `*${row.title}*`, row.survey ?? '', cell(row.meanAveragePrecisionAtR), spread(row.meanAveragePrecisionAtR), cell(row.eer), spread(row.eer), cell(row.recallAt1),
      row.behindBest === null ? 'best' : cell(row.behindBest),
    ].join(' | ')} |`),
    '',
    'In brackets: 95 % intervals over the test people. "Seeds": the lowest and the highest of the seeds.',
    '',
  ];
}

function reading({ rows }: SweepResults): string[] {
  const [best, ...others] = rows.filter(({ kind }) => kind === 'loss');
  const untrained = rows.find(({ kind }) => kind === 'untrained');
  if (best === undefined || untrained === undefined) return [];
  const worse = [best, ...others].filter(({ meanAveragePrecisionAtR: { value } }) => value <= untrained.meanAveragePrecisionAtR.value).map(({ title }) => title);
  return [
    '## What may be read from it',
    '',
    `- Highest MAP@R: ${best.title}. ${distanceWords(others)} The intervals say what other people of the same kind would change; what another seed changes is in the columns beside them, and other settings of a loss may change more than either.`,
    `- Every loss has its published setting and the shared optimiser; nothing was tuned, for any of them. This is a comparison under one small budget, not a ranking of losses: with the settings tuned, they come to lie within a few points of one another (Musgrave, Belongie, Lim, ECCV 2020).`,
    worse.length === 0 ? '- Every loss is above the untrained network.' : `- Not above the untrained network under this budget: ${listed(worse)}.`,
    '- With so many rows, some distances would leave 0 out by chance: one in twenty if the losses were all alike.',
    '',
  ];
}

/** From which of the others these people can tell the best. */
function distanceWords(others: SweepResults['rows']): string {
  const titled = (holds: (low: number | null) => boolean): string[] => others.filter(({ behindBest }) => behindBest !== null && holds(behindBest.low)).map(({ title }) => title);
  const [alike, unknown] = [titled((low) => low !== null && low <= 0), titled((low) => low === null)];
  if (alike.length + unknown.length === 0) return 'The interval of every other\'s distance to it leaves 0 out.';
  return [
    ...(alike.length === 0 ? [] : [`These people cannot tell it from ${listed(alike)}: the interval of the distance holds 0.`]),
    ...(unknown.length === 0 ? [] : [`Whether these people can tell it from ${listed(unknown)} is not known: the distance has no interval.`]),
  ].join(' ');
}

function method({ dataset, budget, seeds, comparisons, replicates, versions, device, durationMs, endedAt }: SweepResults): string[] {
  const part = (name: string): string => `${dataset.parts[name]?.subjects ?? 0} people with ${dataset.parts[name]?.images ?? 0} pictures`;
  const least = dataset.leastImages > 1 ? ` People with fewer than ${dataset.leastImages} pictures take no part.` : '';
  return [
    '## How it was made',
    '',
    `- **People**: training ${part('train')}, validation ${part('validation')}, test ${part('test')}; split by person, seed ${dataset.splitSeed}, one split for every run.${least} SHA-256 of who is where and of every pixel: \`${dataset.sha256.slice(0, 16)}\`.`,
    `- **Budget, the same for all**: ${budget.network}, ${budget.parameters === null ? '' : `${budget.parameters.toLocaleString('en-GB')} parameters, `}${budget.embeddingSize} dimensions, input ${budget.input}, random weights at the start; ${counted(budget.epochs, 'epoch')} of ${budget.batchesPerEpoch} batches of ${budget.batch}; ${budget.optimizer}; ${budget.schedule} schedule.`,
    `- **Seeds**: ${seeds.join(', ')}. A seed decides the first weights, the batches and the augmentation; the split stays.`,
    '- **The epoch** is chosen on the validation people alone: the latest within one standard error of the lowest EER. The test people are looked at once, after that.',
    ...(comparisons === null ? [] : [`- **Figures**: all pairs of the test pictures once, cosine similarity (${comparisons.mated.toLocaleString('en-GB')} mated and ${comparisons.nonMated.toLocaleString('en-GB')} non-mated comparisons); ${comparisons.searches.toLocaleString('en-GB')} searches of one picture among all others, ties against it. Each is the mean over the seeds.`]),
    `- **Intervals**: ${replicates.toLocaleString('en-GB')} resamples of the test people, the same ones for every run; each resample's figures are averaged over the seeds, and distances are taken within a resample.`,
    `- **Where and when**: ${new Date(endedAt).toISOString().slice(0, 10)}, ${device}; ${minutes(durationMs)} of work in all. ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    '',
  ];
}

function settings({ rows }: SweepResults): string[] {
  return [
    '## Settings',
    '',
    '| Row | Setting | Epochs kept, by seed | Seconds of training |',
    '|---|---|--:|--:|',
    ...rows.map((row) => `| ${row.title} | ${row.setting.replaceAll('|', '\\|')} | ${keptWords(row)} | ${row.trainMs === null ? '' : (row.trainMs / 1000).toFixed(0)} |`),
    '',
  ];
}

function keptWords({ keptEpochs }: SweepRow): string {
  const known = keptEpochs.filter((epoch) => epoch !== null);
  return known.map((epoch) => String(epoch + 1)).join(', ');
}

function failures({ failures: failed }: SweepResults): string[] {
  return failed.length === 0 ? [] : ['## What failed', '', ...failed.map(({ run, reason }) => `- ${run}: ${reason}`), ''];
}

function cell({ value, low, high }: Estimate): string {
  return low === null || high === null ? points(value) : `${points(value)} (${points(low)} to ${points(high)})`;
}

function spread({ bySeed }: SweepFigure): string {
  return bySeed.length < 2 ? '' : `${points(Math.min(...bySeed))} to ${points(Math.max(...bySeed))}`;
}

function points(share: number): string {
  return (100 * share).toFixed(1).replace('-', '−').replace(/^−0\.0$/, '0.0');
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function minutes(milliseconds: number): string {
  return milliseconds < 90_000 ? `${Math.round(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} min`;
}
