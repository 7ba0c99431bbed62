import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RequestError } from '../../contract/request-error.ts';
import type { Register } from '../command.ts';
import { addCommand } from '../command.ts';
import { followJob } from '../follow-job.ts';
import type { Outcome } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';

interface Asking {
  env: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
}

/** LIKENESS_BACKUP_PASSPHRASE, or asked for; twice where it is a new one. */
async function backupPassphrase({ env, terminal }: Asking, isNew: boolean): Promise<string> {
  const given = env['LIKENESS_BACKUP_PASSPHRASE'];
  if (given !== undefined && given !== '') return given;
  const typed = await terminal.askSecret('Passphrase of the backup: ');
  if (typed === null || typed === '') throw new RequestError('invalid-input', 'A backup needs a passphrase. Set LIKENESS_BACKUP_PASSPHRASE, or run this in a terminal, where it is asked for.');
  if (isNew && (await terminal.askSecret('Once more: ')) !== typed) throw new RequestError('invalid-input', 'The two are not the same. Nothing was written.');
  return typed;
}

export const registerBackup: Register = (program, perform) => {
  addCommand(program, 'backup <file>', 'Write everything into one encrypted file, and read it back')
    .addHelpText('after', '\nIts passphrase is asked for, or read from LIKENESS_BACKUP_PASSPHRASE. It holds people (those of a gallery on a\nserver too), models, runs and the audit; not the pictures of datasets, which lie in folders of yours. Restore it with: likeness restore FILE')
    .option('--verify', 'read a backup to its end instead: whole, unchanged, opened by its passphrase')
    .action((...[file, options, command]: [string, { verify?: true }, Command]) => perform(command, async (session) => {
      const backup = { file: resolve(session.cwd, file), passphrase: await backupPassphrase(session, options.verify !== true) };
      const { jobId } = await session.ask(options.verify === true ? 'backup.verify' : 'backup.write', backup);
      const { result, message } = await followJob(session, jobId);
      return { json: result, text: message };
    }));
};

/** What a restore needs of its host: it must not open the store that it replaces. */
export interface Restoring extends Asking {
  cwd: string;
  defaultHome: string;
  restore(home: string, backup: { file: string; passphrase: string }): Promise<{ files: number }>;
}

export function registerRestore(program: Command, host: Restoring, run: (command: Command, work: () => Promise<Outcome>) => Promise<void>): void {
  addCommand(program, 'restore <file>', 'Put a backup in the place of the data folder\'s store')
    .requiredOption('--yes <dir>', 'the data folder once more: what is in it is replaced')
    .addHelpText('after', '\nAll of the backup is proved first; until then, and after any interruption before, the old store is as it was. A store with a passphrase\nis opened with the passphrase that it had.')
    .action((...[file, options, command]: [string, { yes: string; home?: string }, Command]) => run(command, async () => {
      const home = options.home ?? host.defaultHome;
      if (resolve(host.cwd, options.yes) !== resolve(host.cwd, home)) throw new RequestError('invalid-input', `To replace the store in ${home}, repeat that folder with --yes.`);
      const { files } = await host.restore(resolve(host.cwd, home), { file: resolve(host.cwd, file), passphrase: await backupPassphrase(host, false) });
      return { json: { home, files }, text: `Restored into ${home}: ${String(files)} files.` };
    }));
}
