import { resolve } from 'node:path';
import type { AuditVerdict } from '../../contract/requests/audit.ts';
import { instantsOfAudit } from '../../contract/requests/audit.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { count } from '../figures.ts';
import type { Outcome } from '../outcome.ts';
import { exitCodes } from '../outcome.ts';
import { table } from '../table.ts';

interface ListOptions {
  action?: string;
  limit: number;
}

export const registerAudit: Register = (program, perform) => {
  const group = program.command('audit').summary('What was done with people\'s data, and proof that nothing of it was changed').description('The audit: every enrolment, comparison, search, export, deletion, unlocking and change of settings.');
  addCommand(group, 'list', 'List what was done, the newest first')
    .option('--action <name>', 'only lines of this kind, as "verify"')
    .option('--limit <number>', 'how many', wholeNumber(1, 1000), 50)
    .action((options: ListOptions, command) => perform(command, async ({ ask }) => {
      const found = await ask('audit.list', { action: options.action ?? null, limit: options.limit });
      const rows = found.lines.map(({ sequence, at, action, operator, name, subjectId, details }) => [
        String(sequence), new Date(at).toISOString(), operator ?? '', action, name ?? subjectId ?? '', Object.entries(details).map(([key, value]) => `${key} ${detail(key, value)}`).join(', '),
      ]);
      const text = rows.length === 0 ? 'Nothing was done yet.' : `${table(['Line', 'When', 'Who', 'What', 'Whom', 'Details'], rows)}\n\n${count(found.total, 'line')} in all.`;
      return { json: found, text };
    }));
  addCommand(group, 'verify', 'Compute every hash again: finds a line that was changed, removed, moved or cut off')
    .option('--head <line:hash>', 'one that was written down before: finds a log that was put back to an older state')
    .addHelpText('after', '\nExit codes: 0 whole, 1 not.')
    .action((options: { head?: string }, command) => perform(command, async ({ ask }) => told(await ask('audit.verify', { head: options.head ?? null }))));
  addCommand(group, 'export', 'Write the log into a new file, a line of JSON each')
    .option('--out <file>', 'the file (else in the data folder)')
    .action((options: { out?: string }, command) => perform(command, async ({ ask, cwd }) => {
      const written = await ask('audit.export', { file: options.out === undefined ? null : resolve(cwd, options.out) });
      return { json: written, text: `${count(written.lines, 'line')} in ${written.file}` };
    }));
};

function detail(key: string, value: unknown): string {
  return instantsOfAudit.has(key) && typeof value === 'number' ? new Date(value).toISOString() : JSON.stringify(value);
}

function told(verdict: AuditVerdict): Outcome {
  const { isWhole, lines, problem, head } = verdict;
  const text = isWhole
    ? `The audit is whole: ${count(lines, 'line')}.${head === null ? '' : `\nTo write down elsewhere: ${head}`}`
    : `The audit is not whole. ${problem?.message ?? ''}`;
  return { json: verdict, text, exitCode: isWhole ? exitCodes.ok : exitCodes.error };
}
