import { RequestError } from '../../contract/request-error.ts';
import { piecesOf } from '../move/people.ts';
import { replacePeople, serverPeople } from '../move/server-people.ts';
import type { Keyring } from '../protection/keyring.ts';
import type { Handover } from '../protection/newer-keyring.ts';
import { handOver, noteNewerKeyring } from '../protection/newer-keyring.ts';
import type { NewProtection } from '../protection/rekey.ts';
import { adoptKeys, prepareKeys } from '../protection/rekey.ts';
import { resealPeople } from '../protection/reseal-people.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import { deriveKeys, forgetKeys } from '../protection/store-keys.ts';
import { sealProtectionKey, unsealProtectionKey } from '../sealed-gallery/sealing.ts';
import type { Store } from '../store.ts';
import { sayDeed } from './long-deeds.ts';
import { dropStaged, readProtections, resealProtectionKey } from './server-protection.ts';
import type { Server, Transaction } from './server.ts';
import { holdsPeople, readServerKeyring, requireServerEpoch, writeServerKeyring } from './shared-keyring.ts';
import { lockGallery } from './subject-statements.ts';

/**
 * New keys for a gallery on a server: everybody is sealed anew in one transaction there, which the other stations see whole or not at all. They
 * read on meanwhile, and what they want to change waits, or is told to try again. This station then takes the keys over as the others do, so a
 * crash in between is mended at its next start.
 *
 * @throws RequestError('locked') where another station was quicker.
 */
export async function rekeySharedStore({ database, vault }: Pick<Store, 'database' | 'vault'>, server: Server, wanted: NewProtection): Promise<void> {
  const keys = vault.keys();
  if (holdsPeople(database)) {
    throw new RequestError('conflict', `This data folder holds people beside the gallery at ${server.address.text}. Move them there or delete them first (--store local), then change the keys.`);
  }
  const fresh = await prepareKeys(vault, wanted);
  const next = deriveKeys(fresh.dataKey, fresh.keyring);
  const handover = handOver(keys, next);
  try {
    await server.transaction((transaction) => resealGallery(transaction, { from: keys, to: next }, { keyring: fresh.keyring, handover }));
  } catch (error) {
    // The connection may have broken after the commit.
    if (!(await isKeyringOf(server, fresh.keyring))) throw error;
  }
  forgetKeys(next);
  noteNewerKeyring(database, { keyring: fresh.keyring, handovers: [handover] });
  adoptKeys(database, vault, fresh);
  await server.run('VACUUM likeness.keyring, likeness.template_protections, likeness.next_templates, likeness.templates, likeness.samples, likeness.subjects');
}

async function resealGallery(transaction: Transaction, { from, to }: { from: StoreKeys; to: StoreKeys }, { keyring, handover }: { keyring: Keyring; handover: Handover }): Promise<void> {
  await transaction.run('LOCK TABLE likeness.keyring IN EXCLUSIVE MODE');
  await requireServerEpoch(transaction, from.epoch);
  await lockGallery(transaction);
  await sayDeed(transaction, 'rekey');
  for await (const people of piecesOf(serverPeople(transaction))) await replacePeople(transaction, resealPeople(people, from, to));
  await resealProtections(transaction, from, to);
  await writeServerKeyring(transaction, keyring);
  await transaction.run(
    'INSERT INTO likeness.handovers (epoch, sealed) VALUES ($1, $2) ON CONFLICT (epoch) DO UPDATE SET sealed = excluded.sealed',
    [handover.epoch, handover.sealed],
  );
  // Everybody's row is another one now: directories read them anew.
  await transaction.run(
    `WITH raised AS (UPDATE likeness.revisions SET value = value + 1 WHERE name = 'subjects' RETURNING value)
     UPDATE likeness.subjects SET revision = raised.value FROM raised`,
  );
}

/** What was made of a change of the template protection is made again: its key stays. */
async function resealProtections(transaction: Transaction, from: StoreKeys, to: StoreKeys): Promise<void> {
  await dropStaged(transaction);
  const { current, next } = await readProtections(transaction);
  for (const row of [current, next]) {
    if (row === null || row.key === null) continue;
    await resealProtectionKey(transaction, row.id, sealProtectionKey(to, row, unsealProtectionKey(from, row, row.key)));
  }
}

async function isKeyringOf(server: Server, { storeId, epoch, slots }: Keyring): Promise<boolean> {
  const there = await readServerKeyring(server);
  return there?.storeId === storeId && there.epoch === epoch && JSON.stringify(there.slots) === JSON.stringify(slots);
}
