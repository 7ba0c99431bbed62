import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';

const moveHelp = `
ADDRESS is postgres://user@host:5432/database?sslmode=verify-full, or "local" for the data folder. The password comes from
PGPASSWORD or ~/.pgpass. Everybody is copied, sealed as they are, read back and compared by counts and SHA-256; only then are
they taken from where they were. Close every window first. Other stations join with an empty data folder:
  likeness subjects list --store ADDRESS`;

const people = (subjects: number): string => (subjects === 1 ? '1 person' : `${String(subjects)} people`);

export const registerGallery: Register = (program, perform) => {
  const group = program.command('gallery').summary('Say where the gallery lies, and move it').description('Where the enrolled people are kept: in the data folder, or on a PostgreSQL server.');
  addCommand(group, 'where', 'Say where the gallery lies').action((_options: object, command) =>
    perform(command, async ({ ask }) => {
      const place = await ask('gallery.where', {});
      return { json: place, text: `${people(place.subjects)} with ${String(place.samples)} samples, in ${place.server ?? 'the data folder'}.` };
    }));
  addCommand(group, 'move', 'Move everybody to a PostgreSQL server, or back into the data folder')
    .requiredOption('--to <address>', 'where to')
    .addHelpText('after', moveHelp)
    .action((options: { to: string }, command) =>
      perform(command, async ({ ask }) => {
        const moved = await ask('gallery.move', { to: options.to });
        const text = `${people(moved.subjects)} with ${String(moved.samples)} samples and ${String(moved.templates)} templates are in ${moved.server ?? 'the data folder'} now (SHA-256 ${moved.sha256}).`;
        return { json: moved, text };
      }));
};
