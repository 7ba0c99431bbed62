import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTell } from '../../desk/ask.ts';
import { useSession } from '../../desk/use-session.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { isUsable, NewPassphraseFields, nothingTyped } from '../../widgets/new-passphrase-fields.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './settings.module.css';

/** One's own passphrase, whatever one's role. */
export function OwnPassphrasePanel() {
  const operator = useSession()?.operator ?? null;
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(nothingTyped);
  const change = useTell('session.setPassphrase');
  if (operator === null) return null;
  const isReady = current !== '' && isUsable(typed);
  const submit = (): void => {
    change.mutate({ current, next: typed.next }, { onSuccess: () => { setCurrent(''); setTyped(nothingTyped); } });
  };
  return (
    <Panel title="Your passphrase" aside={`${operator.name}, ${operator.role}`}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        <PasswordInput maw={340} label="Passphrase so far" value={current} onChange={(event) => { setCurrent(event.currentTarget.value); }} autoComplete="current-password" />
        <NewPassphraseFields value={typed} onChange={setTyped} maxWidth={340} />
        <ErrorNote error={change.error} />
        {change.isSuccess && <p className={classes.words} role="status">Your passphrase is changed.</p>}
        <Button mt="md" type="submit" variant="default" disabled={!isReady} loading={change.isPending}>Change it</Button>
      </form>
    </Panel>
  );
}
