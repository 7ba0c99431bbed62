import type { Handlers } from '../contract/requests.ts';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import { refuseExisting } from './refuse-existing.ts';
import type { Workbench } from './workbench.ts';

export function backupHandlers({ home, store }: Workbench): Pick<Handlers, 'backup.write'> {
  return {
    'backup.write': async ({ file, passphrase }) => {
      refuseExisting(file);
      // Written first: the backup tells of itself.
      store.audit.append({ action: 'backup' });
      return writeBackup(home, store, { file, passphrase });
    },
  };
}

/** For a door that has opened no desk on this folder. */
export const restoreStore = restoreBackup;
