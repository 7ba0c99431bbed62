import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { shortestPassphrase } from '../../../contract/requests/protection.ts';
import { useTell } from '../../desk/ask.ts';
import { useSession } from '../../desk/use-session.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import classes from './settings.module.css';

/** One's own passphrase, whatever one's role. */
export function OwnPassphrasePanel() {
  const operator = useSession()?.operator ?? null;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useTell('session.setPassphrase');
  if (operator === null) return null;
  const isReady = current !== '' && next.length >= shortestPassphrase && next === again;
  const submit = (): void => {
    change.mutate({ current, next }, { onSuccess: () => { for (const set of [setCurrent, setNext, setAgain]) set(''); } });
  };
  return (
    <Panel title="Your passphrase" aside={`${operator.name}, ${operator.role}`}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) submit(); }}>
        <PasswordInput maw={340} label="Passphrase so far" value={current} onChange={(event) => { setCurrent(event.currentTarget.value); }} autoComplete="current-password" />
        <PasswordInput mt="sm" maw={340} label="New passphrase" description={`At least ${shortestPassphrase} characters; some words in a row are good.`} value={next} onChange={(event) => { setNext(event.currentTarget.value); }} autoComplete="new-password" />
        <PasswordInput mt="sm" maw={340} label="Once more" value={again} onChange={(event) => { setAgain(event.currentTarget.value); }} error={again !== '' && again !== next ? 'The two are not the same yet' : null} autoComplete="new-password" />
        <ErrorNote error={change.error} />
        {change.isSuccess && <p className={classes.words} role="status">Your passphrase is changed.</p>}
        <Button mt="md" type="submit" variant="default" disabled={!isReady} loading={change.isPending}>Change it</Button>
      </form>
    </Panel>
  );
}
