import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
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
        const receipt = await session.ask('subjects.delete', { subjectId: id, typedName: options.yes });
        const text = `${name} is deleted: ${String(receipt.samples)} samples and ${String(receipt.templates)} templates went, ${String(receipt.rowsLeft)} rows are left.`;
        return { json: receipt, text };
      }));
};
