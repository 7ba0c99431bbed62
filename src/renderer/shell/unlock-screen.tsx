import { Button, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { Protection } from '../../contract/requests/protection.ts';
import { queryClient, useTell } from '../desk/ask.ts';
import { ErrorNote } from '../widgets/error-note.tsx';
import { Note } from '../widgets/note.tsx';
import { instantWords } from '../words/time.ts';
import classes from './unlock-screen.module.css';

/** What a locked desk shows in place of everything: nothing of anybody, and what opens it. */
export function UnlockScreen({ protection }: { protection: Protection }) {
  return protection.by === 'key-file' ? <NewKeyFile /> : <Unlock protection={protection} />;
}

/** A gallery without a passphrase is locked in one case only: another station has changed its keys. */
function NewKeyFile() {
  return (
    <div className={classes.screen}>
      <div className={classes.sheet}>
        <h1 className={classes.title}><IconLock size={22} stroke={1.7} />The gallery has new keys</h1>
        <p className={classes.words}>Another station has changed them. Copy its file store.key into the data folder of this station, over the one that is there, then look again.</p>
        <div className={classes.actions}>
          <Button onClick={() => void queryClient.invalidateQueries()}>Look again</Button>
        </div>
        <p className={classes.words}>Nothing is lost: what this station kept for itself is sealed anew as soon as the file is here.</p>
      </div>
    </div>
  );
}

/** Where the passphrase goes. */
function Unlock({ protection }: { protection: Protection }) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useTell('protection.unlock');
  const bySystem = useTell('protection.unlockBySystem');
  const refresh = { onSuccess: () => void queryClient.invalidateQueries() };
  return (
    <div className={classes.screen}>
      <form className={classes.sheet} onSubmit={(event) => { event.preventDefault(); unlock.mutate({ passphrase }, refresh); }}>
        <h1 className={classes.title}><IconLock size={22} stroke={1.7} />The store is locked</h1>
        <p className={classes.words}>Names, pictures and templates are sealed on the disk, and their keys are not in memory. Trainings that were at work go on.</p>
        {protection.keysChangedAt !== null && (
          <Note kind="caution" title="The keys were changed elsewhere">
            Another window or station gave the store new keys ({instantWords(protection.keysChangedAt)}). Open it with the passphrase that it has now. Nothing is lost; what was not finished here is to be done again.
          </Note>
        )}
        <PasswordInput label="Passphrase" value={passphrase} onChange={(event) => { setPassphrase(event.currentTarget.value); }} autoComplete="current-password" data-autofocus autoFocus />
        <ErrorNote error={unlock.error ?? bySystem.error} />
        <div className={classes.actions}>
          <Button type="submit" loading={unlock.isPending} disabled={passphrase === ''}>Unlock</Button>
          {protection.bySystem && <Button variant="default" loading={bySystem.isPending} onClick={() => { bySystem.mutate({}, refresh); }}>Unlock with this computer’s key store</Button>}
        </div>
        <p className={classes.words}>Nobody can bring a forgotten passphrase back. A backup is opened with the passphrase it was made with.</p>
      </form>
    </div>
  );
}
