import { RequestError } from '../../contract/request-error.ts';
import { listModels } from '../models.ts';
import type { Transaction } from '../postgres/server.ts';
import type { Database } from '../statement.ts';
import type { PeopleDigest, PeoplePlace } from './people.ts';
import { digestPeople, isSameDigest } from './people.ts';

export interface Copy {
  from: PeoplePlace;
  to: PeoplePlace;
  /** In words. */
  place: string;
}

/**
 * Copies everybody as they lie, sealed, reads them back and compares. A change of the template protection that is under way is not taken along. Where the very same people are there already, nothing is left to do.
 *
 * @throws RequestError('conflict') where there are others.
 */
export async function copyPeople({ from, to, place }: Copy): Promise<PeopleDigest> {
  if ((await to.listSubjectIdsAfter('', 1)).length > 0) {
    const [here, there] = [await digestPeople(from), await digestPeople(to)];
    if (isSameDigest(here, there)) return here;
    throw new RequestError('conflict', `There are people in ${place} already, and they are others. Move them away or delete them first; nothing was changed.`);
  }
  await to.writeProtection((await from.readProtections()).current);
  const sent = await digestPeople(from, (rows) => to.insert(rows));
  const arrived = await digestPeople(to);
  if (!isSameDigest(sent, arrived)) {
    throw new RequestError('storage', `What was written to ${place} reads otherwise than what was sent (${JSON.stringify({ sent, arrived })}). Nothing was changed; check the disks and try again.`);
  }
  return arrived;
}

/** A template refers to its model: a folder that lacks one cannot hold it. @throws RequestError('conflict') */
export async function requireModels(database: Database, transaction: Transaction): Promise<void> {
  const here = new Set(listModels(database).map(({ id }) => id));
  const there = await transaction.all<{ id: string }>('SELECT DISTINCT model_id AS id FROM likeness.templates');
  const missing = there.find(({ id }) => !here.has(id));
  if (missing === undefined) return;
  throw new RequestError('conflict', `Another station uses the model ${missing.id}, which is not here, for templates of the gallery. Open Likeness there, which shares it, then here, and try again; or remove that model there.`);
}
