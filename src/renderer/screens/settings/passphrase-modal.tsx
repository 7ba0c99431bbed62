import { Button, Checkbox, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { Protection } from '../../../contract/requests/protection.ts';
import { useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { isUsable, NewPassphraseFields, nothingTyped } from '../../widgets/new-passphrase-fields.tsx';
import classes from './settings.module.css';

interface PassphraseModalProps {
  /** Setting a passphrase, or giving new keys; null is closed. */
  deed: 'protect' | 'rotate' | null;
  protection: Protection;
  /** Other stations open the same store. */
  isShared: boolean;
  onClose: () => void;
}

/** Everything is sealed anew, under a new passphrase or as before. */
export function PassphraseModal({ deed, protection, isShared, onClose }: PassphraseModalProps) {
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(nothingTyped);
  const [usesSystem, setUsesSystem] = useState(protection.bySystem);
  const protect = useTell('protection.protect');
  const rotate = useTell('protection.rotate');
  const isSecond = protection.by !== 'key-file';
  const isReady = (!isSecond || current !== '') && (deed === 'rotate' || isUsable(typed));
  const submit = (): void => {
    const known = isSecond ? current : null;
    const onSuccess = (): void => {
      askAgain('desk');
      onClose();
    };
    if (deed === 'rotate') rotate.mutate({ passphrase: known }, { onSuccess });
    else protect.mutate({ current: known, next: typed.next, usesSystem }, { onSuccess });
  };
  return (
    <Modal opened={deed !== null} onClose={onClose} title={deed === 'rotate' ? 'New keys for everything' : isSecond ? 'Change the passphrase' : 'Protect with a passphrase'} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        <p className={classes.words}>
          The store gets new keys and all of it is sealed anew; a crash leaves the old or the new.{' '}
          {deed === 'protect' && 'The key beside the data is destroyed. Nobody can bring a forgotten passphrase back.'}
        </p>
        {isShared && <p className={classes.words}>This holds for every station of the gallery: each locks itself and asks for {deed === 'protect' ? 'the new passphrase' : protection.by === 'key-file' ? 'this one’s file store.key' : 'the passphrase'}.</p>}
        {isSecond && <PasswordInput label={protection.by === 'operators' ? 'Your own passphrase' : 'Passphrase so far'} value={current} onChange={(event) => { setCurrent(event.currentTarget.value); }} autoComplete="current-password" data-autofocus />}
        {deed === 'protect' && (
          <>
            <NewPassphraseFields value={typed} onChange={setTyped} hasFocus={!isSecond} />
            {protection.hasSystem && <Checkbox mt="md" label="This computer’s key store opens it too, for this account" checked={usesSystem} onChange={(event) => { setUsesSystem(event.currentTarget.checked); }} />}
          </>
        )}
        <ErrorNote error={protect.error ?? rotate.error} />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>Keep it as it is</Button>
          <Button type="submit" disabled={!isReady} loading={protect.isPending || rotate.isPending}>{deed === 'rotate' ? 'Seal with new keys' : 'Protect'}</Button>
        </Group>
      </form>
    </Modal>
  );
}
