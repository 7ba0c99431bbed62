import { Button, Checkbox, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { DeskState } from '../../../contract/requests/desk.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import { Note } from '../../widgets/note.tsx';
import { quantity } from '../../words/numbers.ts';

interface RestoreModalProps {
  desk: DeskState;
  isOpen: boolean;
  onClose: () => void;
}

/** A backup in the place of everything that is here. */
export function RestoreModal({ desk, isOpen, onClose }: RestoreModalProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Restore a backup" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {isOpen && <RestoreForm desk={desk} onClose={onClose} />}
    </Modal>
  );
}

function RestoreForm({ desk, onClose }: Omit<RestoreModalProps, 'isOpen'>) {
  const [file, setFile] = useDraft('backup.file', '');
  const [passphrase, setPassphrase] = useState('');
  const [own, setOwn] = useState('');
  const [isSure, setSure] = useState(false);
  const restore = useTell('backup.restore');
  const { by } = desk.protection;
  const isReady = file.trim() !== '' && passphrase !== '' && isSure && (by === 'key-file' || own !== '');
  const submit = (): void => { restore.mutate({ file: file.trim(), passphrase, own: by === 'key-file' ? null : own }, { onSuccess: onClose }); };
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
      <FolderField label="Backup" placeholder="/media/backups/lab.backup" files="backup" value={file} onChange={setFile} />
      <PasswordInput mt="sm" mb="md" label="Passphrase of the backup" value={passphrase} onChange={(event) => { setPassphrase(event.currentTarget.value); }} autoComplete="off" />
      <Note kind="caution" title="What is here now goes">
        <WhatGoes desk={desk} /> To keep it, make a backup of it first. The backup is unpacked and proved before anything is touched, and until then it can be cancelled. Then this window is away for a moment, and the store is opened as it was when the backup was made.
      </Note>
      {by !== 'key-file' && <PasswordInput mt="sm" label={by === 'operators' ? 'Your own passphrase' : 'Passphrase of the store as it is now'} value={own} onChange={(event) => { setOwn(event.currentTarget.value); }} autoComplete="current-password" />}
      <Checkbox mt="md" label="Replace all of it" checked={isSure} onChange={(event) => { setSure(event.currentTarget.checked); }} />
      <ErrorNote error={restore.error} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>Keep what is here</Button>
        <Button type="submit" color="red" disabled={!isReady} loading={restore.isPending}>Restore the backup</Button>
      </Group>
    </form>
  );
}

function WhatGoes({ desk: { counts } }: { desk: DeskState }) {
  const { data: place } = useAsk('gallery.where', {});
  const own = `${quantity(counts.models, 'model')}, ${quantity(counts.evaluations, 'evaluation')}, the runs and the audit`;
  if (place && place.server !== null) return <span>{own} of this station are replaced by the backup’s. The gallery at {place.server} stays for the other stations, and this one leaves it.</span>;
  return <span>{quantity(counts.subjects, 'person', 'people')} with {quantity(counts.samples, 'sample')}, {own} are replaced by the backup’s.</span>;
}
