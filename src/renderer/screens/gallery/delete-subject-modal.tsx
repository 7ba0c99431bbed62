import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubjectCard } from '../../../contract/requests/gallery.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { quantity } from '../../words/numbers.ts';
import type { Deleted } from './deletion-receipt-panel.tsx';

interface DeleteSubjectModalProps {
  subject: SubjectCard;
  isOpen: boolean;
  onClose: () => void;
  onDeleted: (deleted: Deleted) => void;
}

/** Deleting asks for the person's name: who deletes has read it. */
export function DeleteSubjectModal({ subject, isOpen, onClose, onDeleted }: DeleteSubjectModalProps) {
  const [typedName, setTypedName] = useState('');
  const remove = useTell('subjects.delete');
  const isRight = typedName.trim() === subject.name;
  const submit = (): void => {
    // The person is gone from the page before the receipt is here, and this dialogue with them: a promise outlives it.
    void remove.mutateAsync({ subjectId: subject.id, typedName: typedName.trim() }).then((deleted) => {
      onDeleted(deleted);
      askAgain('subjects');
    }, () => undefined);
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Delete ${subject.name}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isRight) submit(); }}>
        <p style={{ marginTop: 0 }}>
          The person, {quantity(subject.samples, 'sample')} and every template made of them are removed from this machine. Nothing is kept, and it cannot be undone.
        </p>
        <TextInput label={<>To confirm, type <b>{subject.name}</b></>} value={typedName} onChange={(event) => setTypedName(event.currentTarget.value)} autoComplete="off" data-autofocus />
        <ErrorNote error={remove.error} />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>Keep</Button>
          <Button type="submit" color="red" disabled={!isRight} loading={remove.isPending}>Delete {subject.name}</Button>
        </Group>
      </form>
    </Modal>
  );
}
