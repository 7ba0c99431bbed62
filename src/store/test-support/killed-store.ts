import { join } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { moveToFolder, moveToServer } from '../move/move-gallery.ts';
import { rekeySharedStore } from '../postgres/rekey-shared.ts';
import { rekeyStore } from '../protection/rekey.ts';
import { openChosenStore, openSharedStore, openStore } from '../store.ts';
import { backupPassphrase } from './killed-galleries.ts';
import { putUnder } from './put-under.ts';
import { anEnrolment, randomBytes, subjectIdOf } from './sample-rows.ts';

// A process for a test to kill: it does one kind of work over and over and says what it has acknowledged.
const [home, work, seed, address] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4]), process.argv[5]];
const say = (words: string): void => { process.stdout.write(`${words}\n`); };
const byFile = { passphrase: null, usesSystem: false };

// The server is killed once it is in use: an opening that breaks off is no loss, only an error.
if (work !== 'server') say('begun');
if (work === 'restore') {
  for (;;) {
    await restoreBackup(home, { file: join(home, '..', 'backup'), passphrase: backupPassphrase });
    say('restored');
  }
}
if (work === 'move') {
  for (;;) {
    const store = await openChosenStore(home, null);
    if (store.server === null) await moveToServer(store, address!, []);
    else await moveToFolder({ ...store, server: store.server });
    await store.close();
    say('moved');
  }
}
const store = address === undefined ? openStore(home) : await openSharedStore(home, address);
say('opened');
// Whatever it has done, it is there to be killed.
setInterval(() => undefined, 1000);
for (let turn = 0; ; turn++) {
  const name = `Person ${seed}-${turn}`;
  if (work === 'enrol' || work === 'server') {
    try {
      await store.gallery.enrol(anEnrolment(name, randomBytes(seed * 1000 + turn, 3000)));
    } catch (error) {
      // The server was killed under it: nothing is acknowledged, and the next one finds it again.
      if (work === 'server' && error instanceof RequestError && error.code === 'storage') continue;
      throw error;
    }
    store.audit.append({ action: 'enrol', subjectId: subjectIdOf(name) });
    say(`enrolled ${name}`);
  } else if (work === 'delete') {
    const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 1, modelId: null });
    if (subjects.length === 0) break;
    await store.gallery.deleteSubject(subjects[0]!.id, 1);
    say(`deleted ${subjects[0]!.name}`);
  } else if (work === 'rotate') {
    if (store.server === null) await rekeyStore(store.database, store.vault, byFile);
    else await rekeySharedStore(store, store.server, byFile);
    say('rotated');
  } else if (work === 'reissue') {
    await putUnder(store, 'bio-hash');
    say('reissued');
  } else break;
}
