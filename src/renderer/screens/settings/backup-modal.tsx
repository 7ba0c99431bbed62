import { Button, Group, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { isUsable, NewPassphraseFields, nothingTyped } from '../../widgets/new-passphrase-fields.tsx';
import { inFolder } from '../../words/paths.ts';
import classes from './settings.module.css';

interface BackupModalProps {
  /** Null is closed. */
  deed: 'write' | 'verify' | null;
  onClose: () => void;
}

export function BackupModal({ deed, onClose }: BackupModalProps) {
  return (
    <Modal opened={deed !== null} onClose={onClose} title={deed === 'verify' ? 'Verify a backup' : 'Make a backup'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {deed === 'write' && <WriteForm onClose={onClose} />}
      {deed === 'verify' && <VerifyForm onClose={onClose} />}
    </Modal>
  );
}

function WriteForm({ onClose }: { onClose: () => void }) {
  const [folder, setFolder] = useDraft('backup.folder', '');
  const [name, setName] = useState(`likeness-${new Date().toISOString().slice(0, 10)}.backup`);
  const [typed, setTyped] = useState(nothingTyped);
  const write = useTell('backup.write');
  const isReady = folder.trim() !== '' && name.trim() !== '' && isUsable(typed);
  const submit = (): void => { write.mutate({ file: inFolder(folder.trim(), name.trim()), passphrase: typed.next }, { onSuccess: onClose }); };
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
      <p className={classes.words}>It is written and read back while work goes on. Whoever restores it needs its passphrase, and whatever opened the store when it was made. Nobody can bring a forgotten one back: keep it apart from the file.</p>
      <FolderField label="In this folder" placeholder="/media/backups" value={folder} onChange={setFolder} />
      <TextInput mt="sm" label="As" value={name} spellCheck={false} onChange={(event) => { setName(event.currentTarget.value); }} />
      <NewPassphraseFields value={typed} onChange={setTyped} label="Passphrase of the backup" />
      <ErrorNote error={write.error} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" disabled={!isReady} loading={write.isPending}>Make the backup</Button>
      </Group>
    </form>
  );
}

function VerifyForm({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useDraft('backup.file', '');
  const [passphrase, setPassphrase] = useState('');
  const verify = useTell('backup.verify');
  const isReady = file.trim() !== '' && passphrase !== '';
  const submit = (): void => { verify.mutate({ file: file.trim(), passphrase }, { onSuccess: onClose }); };
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
      <p className={classes.words}>Reads it to its end, and says whether it is whole, unchanged and opened by this passphrase. Nothing of it is unpacked.</p>
      <FolderField label="Backup" placeholder="/media/backups/lab.backup" files="backup" value={file} onChange={setFile} />
      <PasswordInput mt="sm" label="Passphrase of the backup" value={passphrase} onChange={(event) => { setPassphrase(event.currentTarget.value); }} autoComplete="off" />
      <ErrorNote error={verify.error} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" disabled={!isReady} loading={verify.isPending}>Verify</Button>
      </Group>
    </form>
  );
}
