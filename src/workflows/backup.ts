import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput } from '../contract/requests.ts';
import { restoreBackup, stageRestore } from '../store/backup/restore-backup.ts';
import type { StagedRestore } from '../store/backup/restore-backup.ts';
import { verifyBackup } from '../store/backup/verify-backup.ts';
import type { Watched } from '../store/backup/watched.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import { counted } from './counted.ts';
import type { Conclusion, RunningJob } from './jobs.ts';
import { proveOwner } from './protection.ts';
import { refuseExisting } from './refuse-existing.ts';
import type { Workbench } from './workbench.ts';

export function backupHandlers(workbench: Workbench): Pick<Handlers, 'backup.write' | 'backup.verify' | 'backup.restore'> {
  const { home, store } = workbench;
  return {
    'backup.write': ({ file, passphrase }) => {
      refuseExisting(file);
      // Written first: the backup tells of itself.
      store.audit.append({ action: 'backup' });
      return begin(workbench, `Back up to ${file}`, async (job) => {
        const written = await writeBackup(home, store, { file, passphrase, ...watchedBy(job) });
        return { message: `${written.file} holds ${contentWords(written)}, and was read back whole.`, result: { ...written } };
      });
    },
    'backup.verify': ({ file, passphrase }) => begin(workbench, `Verify the backup ${file}`, async (job) => {
      const content = await verifyBackup({ file, passphrase, ...watchedBy(job) });
      return { message: `${file} is whole and unchanged: ${contentWords(content)}.`, result: { file, ...content } };
    }),
    'backup.restore': async (input) => {
      await proveOwner(store, input.own);
      return restore(workbench, input);
    },
  };
}

function restore({ replaceStore, ...workbench }: Workbench, { file, passphrase }: ParsedInput<'backup.restore'>): { jobId: string } {
  if (replaceStore === undefined) throw new RequestError('conflict', 'In the terminal a backup is restored by a command of its own, with everything closed: likeness restore FILE --yes FOLDER');
  const { home, jobs } = workbench;
  const staging: { staged: StagedRestore | null } = { staged: null };
  const { jobId } = begin(workbench, `Restore ${file}`, async (job) => {
    staging.staged = await stageRestore(home, { file, passphrase, ...watchedBy(job) }, jobs.deskId);
    return { message: 'The backup is whole and takes the place of what was here. Sign in or unlock as it was protected.', result: { files: staging.staged.files } };
  });
  // The desk closes once the job has ended: nothing of it is at work then.
  void jobs.settled(jobId).then(({ state }) => {
    if (state === 'done') replaceStore(staging.staged!);
    else staging.staged?.drop();
  });
  return { jobId };
}

function begin({ jobs }: Pick<Workbench, 'jobs'>, title: string, work: (job: RunningJob) => Promise<Conclusion>): { jobId: string } {
  if (jobs.findOpen('backup') !== undefined) throw new RequestError('conflict', 'A backup is being written, verified or restored. Wait until that has ended, or cancel it in the jobs.');
  return { jobId: jobs.start({ kind: 'backup', title, subjectId: null, unit: 'MB', isBatch: false, work }).id };
}

const megabyte = 1e6;

function watchedBy(job: RunningJob): Required<Watched> {
  return { signal: job.signal, onProgress: (done, total) => { job.progress({ done: Math.round(done / megabyte), total: Math.ceil(total / megabyte) }); } };
}

function contentWords({ files, bytes }: { files: number; bytes: number }): string {
  return `${counted(files, 'file')}, ${(bytes / megabyte).toFixed(1)} MB`;
}

/** For a door that has opened no desk on this folder. */
export const restoreStore = restoreBackup;
