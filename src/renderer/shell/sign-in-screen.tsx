import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { queryClient, useTell } from '../desk/ask.ts';
import { ErrorNote } from '../widgets/error-note.tsx';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import classes from './unlock-screen.module.css';

/** The whole window while nobody is signed in: nothing of anybody, and where name and passphrase go. */
export function SignInScreen() {
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const signIn = useTell('session.signIn');
  const submit = (): void => {
    signIn.mutate({ name, passphrase }, {
      onSuccess: () => void queryClient.invalidateQueries(),
      // The name stays; a passphrase that was wrong is typed anew.
      onError: () => { setPassphrase(''); },
    });
  };
  return (
    <main className={classes.whole}>
      <form className={classes.sheet} onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <h1 className={classes.title}><IconUserCircle size={22} stroke={1.7} />Sign in to Likeness</h1>
        <p className={classes.words}>Names, pictures and templates are sealed on the disk. Your passphrase opens them for what your role may do, and the audit keeps who did what.</p>
        <TextInput label="Name" value={name} onChange={(event) => { setName(event.currentTarget.value); }} autoComplete="username" maxLength={200} data-autofocus autoFocus />
        <PasswordInput label="Passphrase" value={passphrase} onChange={(event) => { setPassphrase(event.currentTarget.value); }} autoComplete="current-password" />
        <ErrorNote error={signIn.error} />
        <div className={classes.actions}>
          <Button type="submit" loading={signIn.isPending} disabled={name.trim() === '' || passphrase === ''}>Sign in</Button>
          <span className={classes.scheme}><ColorSchemeToggle /></span>
        </div>
        <p className={classes.words}>An administrator makes operators and gives a new passphrase to whoever forgot theirs.</p>
      </form>
    </main>
  );
}
