import { existsSync } from 'node:fs';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { Workbench } from './workbench.ts';

export function backupHandlers({ home, store }: Workbench): Pick<Handlers, 'backup.write'> {
  return {
    'backup.write': async ({ file, passphrase }) => {
      if (existsSync(file)) throw new RequestError('conflict', `${file} is there already. Choose another name; a backup replaces nothing.`);
      // Written first: the backup tells of itself.
      store.audit.append({ action: 'backup' });
      return writeBackup(home, store, { file, passphrase });
    },
  };
}

/** For a door that has opened no desk on this folder. */
export const restoreStore = restoreBackup;
