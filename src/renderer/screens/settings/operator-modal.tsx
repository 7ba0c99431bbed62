import { Button, Group, Modal, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OperatorCard, Role } from '../../../contract/requests/operators.ts';
import { role as roles } from '../../../contract/requests/operators.ts';
import { queryClient, useAsk, useTell } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { isUsable, NewPassphraseFields, nothingTyped } from '../../widgets/new-passphrase-fields.tsx';
import classes from './settings.module.css';

interface OperatorModalProps {
  /** A new operator, or a new passphrase for one; null is closed. */
  deed: OperatorCard | 'add' | null;
  isFirst: boolean;
  onClose: () => void;
}

/** Name, role and passphrase of an operator; whoever makes one gives their own passphrase too. */
export function OperatorModal({ deed, isFirst, onClose }: OperatorModalProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(isFirst ? 'administrator' : 'operator');
  const [typed, setTyped] = useState(nothingTyped);
  const [own, setOwn] = useState('');
  const { data: desk } = useAsk('desk.state', {});
  const add = useTell('operators.add');
  const change = useTell('operators.setPassphrase');
  const isNew = deed === 'add';
  const givesOwn = !isFirst || desk?.protection.by === 'passphrase';
  const isReady = (!isNew || name.trim() !== '') && isUsable(typed) && (!givesOwn || own !== '');
  const submit = (): void => {
    const given = { passphrase: typed.next, own: givesOwn ? own : null };
    const onSuccess = (): void => {
      void queryClient.invalidateQueries();
      onClose();
    };
    if (isNew) add.mutate({ name: name.trim(), role, ...given }, { onSuccess });
    else if (deed !== null) change.mutate({ operatorId: deed.id, ...given }, { onSuccess });
  };
  const title = deed === null ? '' : !isNew ? `New passphrase for ${deed.name}` : isFirst ? 'Make an administrator' : 'Add an operator';
  return (
    <Modal opened={deed !== null} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        {isFirst && <p className={classes.words}>The store gets new keys, all of it is sealed anew, and from then on only its operators open it. Nobody can bring a forgotten passphrase back: make a second administrator soon.</p>}
        {isNew && <TextInput label="Name" value={name} onChange={(event) => { setName(event.currentTarget.value); }} maxLength={120} autoComplete="off" data-autofocus />}
        {isNew && !isFirst && <NativeSelect mt="sm" label="Role" data={[...roles.options]} value={role} onChange={(event) => { setRole(event.currentTarget.value as Role); }} />}
        <NewPassphraseFields value={typed} onChange={setTyped} />
        {givesOwn && <PasswordInput mt="sm" label={isFirst ? 'Passphrase of the store so far' : 'Your own passphrase'} value={own} onChange={(event) => { setOwn(event.currentTarget.value); }} autoComplete="current-password" />}
        <ErrorNote error={add.error ?? change.error} />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>Keep it as it is</Button>
          <Button type="submit" disabled={!isReady} loading={add.isPending || change.isPending}>{!isNew ? 'Set the passphrase' : isFirst ? 'Make the administrator' : 'Add the operator'}</Button>
        </Group>
      </form>
    </Modal>
  );
}
