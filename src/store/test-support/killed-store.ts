import { join } from 'node:path';
import { restoreBackup } from '../backup/restore-backup.ts';
import { rekeyStore } from '../protection/rekey.ts';
import { openStore } from '../store.ts';
import { anEnrolment, randomBytes, subjectIdOf } from './sample-rows.ts';

// A process for a test to kill: it does one kind of work over and over and says what it has acknowledged.
const [home, work, seed] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])];
const say = (words: string): void => { process.stdout.write(`${words}\n`); };

say('begun');
if (work === 'restore') {
  for (;;) {
    await restoreBackup(home, { file: join(home, '..', 'backup'), passphrase: 'correct horse battery' });
    say('restored');
  }
}
const store = openStore(home);
say('opened');
// Whatever it has done, it is there to be killed.
setInterval(() => undefined, 1000);
for (let turn = 0; ; turn++) {
  const name = `Person ${seed}-${turn}`;
  if (work === 'enrol') {
    await store.gallery.enrol(anEnrolment(name, randomBytes(seed * 1000 + turn, 3000)));
    store.audit.append({ action: 'enrol', subjectId: subjectIdOf(name) });
    say(`enrolled ${name}`);
  } else if (work === 'delete') {
    const { subjects } = await store.gallery.listSubjects({ search: '', offset: 0, limit: 1, modelId: null });
    if (subjects.length === 0) break;
    await store.gallery.deleteSubject(subjects[0]!.id, 1);
    say(`deleted ${subjects[0]!.name}`);
  } else if (work === 'rotate') {
    await rekeyStore(store.database, store.vault, { passphrase: null, usesSystem: false });
    say('rotated');
  } else break;
}
