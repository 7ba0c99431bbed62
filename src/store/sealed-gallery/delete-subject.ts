import { RequestError } from '../../contract/request-error.ts';
import type { DeletionReceipt } from '../../contract/requests/gallery.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import { knownSubject } from './subject-directory.ts';

/**
 * Deletes a person: templates, pictures, the log lines that name them, the key, the row. The database's log is emptied afterwards,
 * since it would still hold the old pages. The receipt counts what a query finds then.
 *
 * @throws RequestError('not-found'), or 'storage' when anything is left.
 */
export async function deleteSubject({ rows, vault, jobLines, receipts }: GalleryParts, subjectId: string, deletedAt: number): Promise<DeletionReceipt> {
  const row = await rows.findSubject(subjectId);
  if (row === undefined) throw new RequestError('not-found', 'This person is not enrolled (any more).');
  const { name } = knownSubject(vault.keys(), row);
  const sampleIds = (await rows.listSamples(subjectId, null)).map((sample) => sample.id);
  jobLines.forget(name);
  const removed = await rows.removeSubject(subjectId);
  if (removed === null) throw new RequestError('not-found', 'This person was deleted by another window meanwhile.');
  await rows.scrub();
  const rowsLeft = (await rows.countRowsOf(subjectId, sampleIds)) + jobLines.count(name);
  const receipt = { subjectId, deletedAt, ...removed, rowsLeft };
  receipts.keep(receipt);
  if (rowsLeft > 0) throw new RequestError('storage', `The deletion left ${rowsLeft} rows behind. Delete the person again.`);
  return receipt;
}

export async function deleteDemo(parts: GalleryParts, deletedAt: number): Promise<void> {
  const { rows } = parts;
  for (const id of await rows.listDemoSubjectIds()) {
    const own = (await rows.listSamples(id, null)).filter((sample) => !sample.isDemo);
    if (own.length === 0) await deleteSubject(parts, id, deletedAt);
    else await rows.disownDemo(id);
  }
  await rows.scrub();
}
