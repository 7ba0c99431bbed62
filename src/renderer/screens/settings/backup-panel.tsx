import { Button, Group, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeskState } from '../../../contract/requests/desk.ts';
import { isRunning, useJobOf } from '../../desk/use-jobs.ts';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { BackupModal } from './backup-modal.tsx';
import { RestoreModal } from './restore-modal.tsx';
import classes from './settings.module.css';

/** Everything in one encrypted file: written, verified, put back. */
export function BackupPanel({ desk }: { desk: DeskState }) {
  const [deed, setDeed] = useState<'write' | 'verify' | 'restore' | null>(null);
  const job = useJobOf('backup', null);
  const isAtWork = job !== undefined && isRunning(job);
  const close = (): void => { setDeed(null); };
  return (
    <Panel title="Backup">
      <p className={classes.words}>One encrypted file with people, templates, models, runs and the audit, for another disk or another machine. The pictures of datasets are not in it: they lie in folders of yours.</p>
      {job && <JobProgress job={job} />}
      {job?.state === 'done' && <Text size="sm" mb="sm" role="status" style={{ overflowWrap: 'anywhere' }}>{job.message}</Text>}
      <Group gap="xs" mt="md">
        <Button variant="default" leftSection={<IconArchive size={16} />} disabled={isAtWork} onClick={() => { setDeed('write'); }}>Make a backup…</Button>
        <Button variant="default" disabled={isAtWork} onClick={() => { setDeed('verify'); }}>Verify one…</Button>
        <Button variant="default" disabled={isAtWork} onClick={() => { setDeed('restore'); }}>Restore…</Button>
      </Group>
      <BackupModal key={deed ?? 'closed'} deed={deed === 'restore' ? null : deed} onClose={close} />
      <RestoreModal key={`restore ${deed === 'restore'}`} desk={desk} isOpen={deed === 'restore'} onClose={close} />
    </Panel>
  );
}
