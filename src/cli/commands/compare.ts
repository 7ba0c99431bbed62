import { normalize, resolve, sep } from 'node:path';
import type { ComparisonReport, SystemReference } from '../../contract/requests/comparisons.ts';
import { differencesAssume } from '../../contract/limits-words.ts';
import { RequestError } from '../../contract/request-error.ts';
import { inPercent, plainly } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { followJob } from '../follow-job.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

const help = `
What is compared: evaluations, runs of protocols and imported scores by their id, or files of scores (imported by this). The first is the
one that the others are measured against: a difference is another minus the first, with a 95 % interval of a paired bootstrap over subjects,
where both compared the same.`;

export const registerCompare: Register = (program, perform) => {
  addCommand(program, 'compare <systems...>', 'Lay evaluations, protocols and score files beside one another, with intervals of their differences')
    .addHelpText('after', help)
    .action((words: string[], _options: object, command) => {
      if (words.length < 2) command.error('error: name two systems or more; the first is what the others are measured against');
      return perform(command, async (session) => {
        const systems: SystemReference[] = [];
        for (const word of words) systems.push(await referenceOf(session, word, words));
        const { jobId } = await session.ask('comparisons.start', { systems });
        await followJob(session, jobId);
        const report = await session.ask('comparisons.get', { jobId });
        return { json: report, text: describe(report) };
      });
    });
};

async function referenceOf(session: Session, word: string, words: readonly string[]): Promise<SystemReference> {
  const [, kind] = /^(evaluation|protocol|scores)-[0-9a-f-]+$/.exec(word) ?? [];
  if (kind === 'evaluation') return { kind, id: word, system: 'model' };
  if (kind === 'protocol' || kind === 'scores') return { kind, id: word };
  if (!/\.(csv|txt)$/i.test(word)) throw new RequestError('invalid-input', `${word} is neither the id of an evaluation, a protocol or imported scores, nor a file of scores (.csv).`);
  const { scoresId, jobId } = await session.ask('scores.import', { path: resolve(session.cwd, word), name: nameAmong(word, words) });
  await followJob(session, jobId);
  return { kind: 'scores', id: scoresId };
}

/** As much of a path, from its end, as tells it from the others: what `evaluate --out` writes is always called scores.csv. */
function nameAmong(word: string, words: readonly string[]): string {
  const [own, others] = [partsOf(word), words.filter((other) => other !== word).map(partsOf)];
  const isShared = (length: number): boolean => others.some((other) => ending(other, length) === ending(own, length));
  let length = 1;
  while (length < own.length && isShared(length)) length += 1;
  return ending(own, length).slice(-longestName);
}

/** As `scores.import` takes it. */
const longestName = 120;

const partsOf = (path: string): string[] => normalize(path).split(sep);
const ending = (parts: readonly string[], length: number): string => parts.slice(-length).join('/');

function describe({ figures, systems, differences }: ComparisonReport): string {
  const rows = figures.map(({ label, unit }, at) => [label, ...systems.map(({ values }) => (values[at] ? (unit === 'rate' ? inPercent() : plainly(3))(values[at]) : '-'))]);
  const told = differences.flatMap(({ system, refusal, differences: found }) => {
    const heading = `${systems[system]!.name} minus ${systems[0]!.name}:`;
    if (refusal !== null) return ['', `${heading} none. ${refusal}`];
    const lines = figures.flatMap(({ label, unit }, at) => (found[at] ? [[label, (unit === 'rate' ? inPercent() : plainly(3))(found[at]), found[at].verdict]] : []));
    return ['', heading, table(['', 'Difference', 'It is'], lines)];
  });
  const isToldApart = differences.some(({ refusal }) => refusal === null);
  return [table(['', ...systems.map(({ name }) => name)], rows), ...told, ...(isToldApart ? ['', differencesAssume] : [])].join('\n');
}
