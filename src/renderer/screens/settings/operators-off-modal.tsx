import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { queryClient, useTell } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { isUsable, NewPassphraseFields, nothingTyped } from '../../widgets/new-passphrase-fields.tsx';
import classes from './settings.module.css';

/** Back to one passphrase for everybody, which is set here. */
export function OperatorsOffModal({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [typed, setTyped] = useState(nothingTyped);
  const [own, setOwn] = useState('');
  const turnOff = useTell('operators.turnOff');
  const isReady = isUsable(typed) && own !== '';
  const submit = (): void => {
    turnOff.mutate({ passphrase: typed.next, own }, {
      onSuccess: () => {
        onClose();
        void queryClient.invalidateQueries();
      },
    });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title="Turn operators off?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        <p className={classes.words}>Everybody’s own passphrase opens nothing any more. The store gets new keys and one passphrase: whoever knows it may do everything, and the audit no longer says who. What it says so far stays.</p>
        <NewPassphraseFields value={typed} onChange={setTyped} label="New passphrase of the store" />
        <PasswordInput mt="sm" label="Your own passphrase" value={own} onChange={(event) => { setOwn(event.currentTarget.value); }} autoComplete="current-password" />
        <ErrorNote error={turnOff.error} />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>Keep operators</Button>
          <Button type="submit" color="red" disabled={!isReady} loading={turnOff.isPending}>Turn operators off</Button>
        </Group>
      </form>
    </Modal>
  );
}
