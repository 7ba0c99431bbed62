import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RequestError } from '../../contract/request-error.ts';
import type { Held } from '../../contract/requests/consent.ts';
import type { Holding } from '../../contract/requests/deletion.ts';
import type { RequestOutput } from '../../contract/requests.ts';
import type { Register } from '../command.ts';
import { addCommand, endOfDay } from '../command.ts';
import { count } from '../figures.ts';
import { findSubject } from '../find.ts';
import { table } from '../table.ts';

export const registerSubjects: Register = (program, perform) => {
  const group = program.command('subjects').summary('List and delete enrolled persons').description('The gallery: everyone who is enrolled.');
  addCommand(group, 'list [search]', 'List who is enrolled').action((search: string | undefined, _options: object, command) =>
    perform(command, async ({ ask }) => {
      const found = await ask('subjects.list', { search: search ?? '', limit: 1000 });
      const rows = found.subjects.map((subject) => [subject.name, String(subject.samples), String(subject.templates), subject.id]);
      const more = found.total > found.subjects.length ? `\n\nThe first ${String(found.subjects.length)} of ${String(found.total)}.` : '';
      return { json: found, text: rows.length === 0 ? 'Nobody is enrolled.' : `${table(['Name', 'Samples', 'Templates', 'Id'], rows)}${more}` };
    }));
  addCommand(group, 'delete <name>', 'Delete a person with all samples and templates, and show the receipt')
    .requiredOption('--yes <name>', 'the name once more: what is deleted does not come back')
    .action((wanted: string, options: { yes: string }, command) =>
      perform(command, async (session) => {
        const { id, name } = await findSubject(session, wanted);
        const deleted = await session.ask('subjects.delete', { subjectId: id, typedName: options.yes });
        return { json: deleted, text: [`${name} is deleted: ${count(deleted.samples, 'sample')} and ${count(deleted.templates, 'template')} went, ${count(deleted.rowsLeft, 'row')} left.`, ...remains(deleted)].join('\n') };
      }));
  addCommand(group, 'export <name>', 'Write all that is held about a person: person.json and the pictures')
    .option('--out <dir>', 'where to make the new folder (else in the data folder)')
    .action((wanted: string, options: { out?: string }, command) =>
      perform(command, async (session) => {
        const { id, name } = await findSubject(session, wanted);
        const written = await session.ask('subjects.export', { subjectId: id, folder: options.out === undefined ? null : resolve(session.cwd, options.out) });
        return { json: written, text: `All that is held about ${name}: ${String(written.files.length)} files in ${written.folder}` };
      }));
  addCommand(group, 'consent <name>', 'Record what a person agreed to, with the text in force; or that it was taken back')
    .option('--scope <words>', 'what for')
    .option('--until <date>', 'the day on which it expires and the data go')
    .option('--withdrawn', 'it was taken back')
    .option('--replace', 'also where the data go on another day by it than before')
    .action((wanted: string, options: { scope?: string; until?: string; withdrawn?: true; replace?: true }, command) =>
      perform(command, async (session) => {
        if ((options.scope === undefined) === (options.withdrawn === undefined)) throw new RequestError('invalid-input', 'Say either --scope WORDS or --withdrawn.');
        const { id, name } = await findSubject(session, wanted);
        const consent = options.scope === undefined ? null : { scope: options.scope, expiresAt: options.until === undefined ? null : endOfDay(options.until) };
        const kept = await session.ask('consent.record', { subjectId: id, consent, replaces: options.replace ?? false });
        const text = kept.consent === null ? `${name} has no consent now. Delete the person unless something else allows to keep the data.` : `${name} agreed to: ${kept.consent.scope}. Kept ${untilWords(kept.expiresAt)}.`;
        return { json: kept, text: `${text}${before(kept.replaced)}` };
      }));
  addCommand(group, 'retain <name> <date>', 'Set the day on which a person\'s data are deleted by themselves; "never" for none')
    .action((...[wanted, date, , command]: [string, string, object, Command]) =>
      perform(command, async (session) => {
        const { id, name } = await findSubject(session, wanted);
        const kept = await session.ask('subjects.setRetention', { subjectId: id, expiresAt: date === 'never' ? null : endOfDay(date) });
        const text = `${name} is kept ${untilWords(kept.expiresAt)}.`;
        return { json: kept, text: `${text}${before(kept.replaced)}${outlasted(kept)}` };
      }));
  addCommand(group, 'expire', 'Delete everybody whose time is over, now; an open window does so every hour').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const { deleted } = await ask('retention.run', {});
      return { json: { deleted }, text: `${String(deleted)} deleted.` };
    }));
};

const mostListed = 20;
const holdingWords: Record<Holding, string> = { pieces: 'pictures or templates', name: 'the name', reference: 'the reference' };

/** The scan may find copies that are not the store's own: they are for people to delete. */
function remains({ remains: files, unread, scan, filesScanned, exportsElsewhere }: RequestOutput<'subjects.delete'>): string[] {
  const scanned = `${count(filesScanned ?? 0, 'file')} of the data folder read through: `;
  const listed = files.slice(0, mostListed).map(({ file, holds }) => `  ${file}: ${holds.map((what) => holdingWords[what]).join(', ')}`);
  const more = files.length > listed.length ? [`  and ${count(files.length - listed.length, 'file')} more`] : [];
  const copies = files.length === 0 ? [`${scanned}nothing of the person is left in any.`] : [`${scanned}${count(files.length, 'file')} still with something of the person.`, ...listed, ...more,
    'Likeness deletes no copies that somebody made, such as an export of the person.'];
  const rows = (scan?.tables ?? []).map(({ table: of, rows: number }) => `  ${of}: ${count(number, 'row')}`);
  return [
    ...copies,
    ...(unread.length === 0 ? [] : [`Not read, since the system did not allow it: ${unread.slice(0, mostListed).join(', ')}${unread.length > mostListed ? ` and ${String(unread.length - mostListed)} more` : ''}. Look there by hand.`]),
    ...(rows.length === 0 ? [] : ['The name stands in the database too, where datasets, trainings and evaluations keep the names of their people:', ...rows]),
    ...(exportsElsewhere === 0 ? [] : [`Made outside of the data folder, where nobody looked: ${count(exportsElsewhere, 'export')} of the person. When and by whom: likeness audit list --action export`]),
  ];
}

/** What was replaced. */
function before({ consent, expiresAt }: Held): string {
  if (consent === null && expiresAt === null) return '';
  return `\nBefore: ${consent === null ? 'no consent' : `${consent.scope} (text ${String(consent.textVersion)}, given ${day(consent.givenAt)})`}, kept ${untilWords(expiresAt)}. It stays in what is held about the person.`;
}

function outlasted({ consent, expiresAt }: Held): string {
  const ends = consent?.expiresAt ?? null;
  return ends === null || (expiresAt !== null && expiresAt <= ends) ? '' : `\nThe consent ends on ${day(ends)}, before that.`;
}

function untilWords(expiresAt: number | null): string {
  return expiresAt === null ? 'until somebody deletes the person' : `until ${day(expiresAt)}`;
}

/** As 2027-12-31. */
function day(moment: number): string {
  return new Date(moment).toLocaleDateString('en-CA');
}
