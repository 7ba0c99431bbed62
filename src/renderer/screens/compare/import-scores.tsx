import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { SystemReference } from '../../../contract/requests/comparisons.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { isRunning, useJobs } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import classes from './compare.module.css';

/** Reads a file of comparison scores from anywhere, so that it can be laid over what was measured here. */
export function ImportScores({ onImported }: { onImported: (reference: SystemReference) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [path, setPath] = useDraft('compare.import-path', '');
  const [name, setName] = useDraft('compare.import-name', '');
  const start = useTell('scores.import');
  const job = useJobs().find(({ id }) => id === start.data?.jobId);
  const isReading = start.isPending || (job !== undefined && isRunning(job));
  const isThere = job?.state === 'done';
  const close = (): void => {
    setOpen(false);
    start.reset();
  };
  const take = (): void => {
    askAgain('evaluations');
    onImported({ kind: 'scores', id: start.data!.scoresId });
    setPath('');
    setName('');
    close();
  };
  const read = (): void => start.mutate({ path: path.trim(), name: name.trim() || null });
  return (
    <>
      <Button leftSection={<IconFileImport size={16} />} variant="default" onClick={() => setOpen(true)}>Import scores…</Button>
      <Modal opened={isOpen} onClose={close} title="Import a file of comparison scores" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        <form onSubmit={(event) => { event.preventDefault(); read(); }}>
          <p className={classes.words}>A CSV with the columns <code>score</code> (higher is more alike) and <code>mated</code> (1 or 0). With <code>subject_a</code> and <code>subject_b</code> its figures get intervals and can be compared with others of the same people. The file stays where it is.</p>
          <FolderField label="File" placeholder="/home/me/scores.csv" value={path} onChange={setPath} />
          <TextInput mt="sm" label="Name" description="Left empty: that of the file." value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <ErrorNote error={start.error} />
          {job && <JobProgress job={job} />}
          {isThere && <p className={classes.words}>{job.message}</p>}
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={close}>Close</Button>
            {isThere ? <Button onClick={take}>Compare it</Button> : <Button type="submit" loading={isReading} disabled={path.trim() === ''}>Read the file</Button>}
          </Group>
        </form>
      </Modal>
    </>
  );
}
