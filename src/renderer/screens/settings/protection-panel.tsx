import { Button, Group, NativeSelect } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeskState } from '../../../contract/requests/desk.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Note } from '../../widgets/note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { PassphraseModal } from './passphrase-modal.tsx';
import classes from './settings.module.css';

const lockAfterChoices = [[1, '1 minute'], [5, '5 minutes'], [15, '15 minutes'], [60, '1 hour'], [0, 'Never']] as const;

/** Who can open the store, and when it closes itself. */
export function ProtectionPanel({ desk: { protection, project: { isDemo, server } } }: { desk: Pick<DeskState, 'protection' | 'project'> }) {
  const [open, setOpen] = useState<'protect' | 'rotate' | null>(null);
  const isProtected = protection.by !== 'key-file';
  const hasOperators = protection.by === 'operators';
  return (
    <Panel title={<Group gap={8}>{isProtected ? <IconShieldCheck size={18} stroke={1.6} /> : <IconShieldOff size={18} stroke={1.6} />}Protection</Group>}>
      <p className={classes.words}>Names, notes, pictures and templates lie {server === null ? 'on the disk' : 'on the server'} as AES-256-GCM envelopes, each person under a key of their own.</p>
      {isProtected
        ? <p className={classes.words}><strong>{hasOperators ? 'Opened by its operators.' : 'Opened by a passphrase.'}</strong> {protection.bySystem ? 'The key store of this computer opens it too. ' : ''}The store is locked at every start.</p>
        : <Note kind="caution" title={isDemo ? 'Demo: key kept beside the data' : 'Key kept beside the data'}>Whoever can read the data folder can read the people in it. That is enough for the public faces of the demo. Before anybody else is enrolled, set a passphrase.</Note>}
      {isProtected && <LockAfter minutes={protection.lockAfterMinutes} />}
      <Group gap="xs" mt="md">
        {!hasOperators && <Button variant={isProtected ? 'default' : 'filled'} onClick={() => { setOpen('protect'); }}>{isProtected ? 'Change the passphrase…' : 'Protect with a passphrase…'}</Button>}
        <Button variant="default" onClick={() => { setOpen('rotate'); }}>New keys…</Button>
      </Group>
      <PassphraseModal key={open ?? 'closed'} deed={open} protection={protection} isShared={server !== null} onClose={() => { setOpen(null); }} />
    </Panel>
  );
}

function LockAfter({ minutes }: { minutes: number }) {
  const set = useTell('protection.setLockAfter');
  const choices = lockAfterChoices.some(([value]) => value === minutes) ? lockAfterChoices : [...lockAfterChoices, [minutes, `${minutes} minutes`] as const];
  return (
    <>
      <NativeSelect
        mt="md" label="Lock after" description="Time without anybody at the window. Enrolling a folder is waited for." maw={260}
        data={choices.map(([value, label]) => ({ value: String(value), label }))} value={String(minutes)}
        onChange={(event) => { set.mutate({ minutes: Number(event.currentTarget.value) }, { onSuccess: () => { askAgain('desk'); } }); }}
      />
      <ErrorNote error={set.error} />
    </>
  );
}
