import { RequestError } from '../../contract/request-error.ts';
import type { Deletion } from '../../contract/requests/deletion.ts';
import { bytesOf } from '../blobs.ts';
import type { Shredded } from '../gallery.ts';
import { placesOf } from '../report-scan.ts';
import { tracesOf } from '../scan-files.ts';
import type { SubjectRow } from './gallery-rows.ts';
import type { GalleryParts } from './sealed-gallery.ts';
import { unsealPicture, unsealVector, unwrapSubjectKey } from './sealing.ts';
import { knownSubject } from './subject-directory.ts';

/**
 * Deletes a person: templates, pictures, the log lines that name them, the key, the row. The database's log is emptied afterwards,
 * since it would still hold the old pages. The signed receipt counts what a query finds then, and in how many files of which places of the
 * data folder there is still any piece of a picture, a template, an envelope or the key, or the name or the reference in clear; which files
 * these are is only answered.
 *
 * @throws RequestError('not-found'), or 'storage' when anything is left in the store.
 */
export async function deleteSubject(parts: GalleryParts, subjectId: string, deletedAt: number): Promise<Deletion> {
  const { rows, vault, jobLines, receipts } = parts;
  const row = await rows.findSubject(subjectId);
  if (row === undefined) throw new RequestError('not-found', 'This person is not enrolled (any more).');
  const { name } = knownSubject(vault.keys(), row);
  const sampleIds = (await rows.listSamples(subjectId, null)).map((sample) => sample.id);
  const pieces = await tracesOfSubject(parts, row, sampleIds);
  jobLines.forget(name);
  const removed = await rows.removeSubject(subjectId);
  if (removed === null) throw new RequestError('not-found', 'This person was deleted by another window meanwhile.');
  await rows.scrub();
  const rowsLeft = (await rows.countRowsOf(subjectId, sampleIds)) + jobLines.count(name);
  const scanned = await parts.scanFiles({ pieces, names: [name], reference: subjectId });
  const receipt = receipts.keep({
    subjectId, deletedAt, ...removed, rowsLeft, filesScanned: scanned.filter(({ isRead }) => isRead).length, filesLeft: scanned.filter(({ holds }) => holds.includes('pieces')).length,
    scan: { places: placesOf(scanned), tables: parts.rowsNaming(name) },
  });
  if (rowsLeft > 0) throw new RequestError('storage', `The deletion left ${rowsLeft} rows behind. Delete the person again.`);
  const sorted = scanned.sort((one, other) => one.file.localeCompare(other.file));
  return {
    ...receipt, remains: sorted.flatMap(({ file, holds }) => (holds.length === 0 ? [] : [{ file, holds }])),
    unread: sorted.filter(({ isRead }) => !isRead).map(({ file }) => file),
  };
}

/** Pieces of everything there is of a person, sealed and unsealed. */
async function tracesOfSubject({ rows, vault }: GalleryParts, row: SubjectRow, sampleIds: readonly string[]): Promise<Buffer[]> {
  const key = unwrapSubjectKey(vault.keys(), row.id, row.key);
  const contents = [row.key, row.details];
  for (const id of sampleIds) {
    const sample = await rows.readSample(id);
    if (sample !== undefined) contents.push(sample.bytes, sample.details, unsealPicture(key, id, sample.bytes));
  }
  for (const template of await rows.listTemplatesOfSubject(row.id)) contents.push(template.vector, bytesOf(unsealVector(key, template, template.vector)));
  return tracesOf(contents);
}

/** Without any key: the rows go, and with the wrapped key whatever copies there may be. */
export async function shredSubject({ rows, jobLines }: GalleryParts, subjectId: string, deletedAt: number): Promise<Shredded | null> {
  const row = await rows.findSubject(subjectId);
  if (row === undefined) return null;
  const sampleIds = (await rows.listSamples(subjectId, null)).map((sample) => sample.id);
  jobLines.forgetByTag(row.nameTag);
  const removed = await rows.removeSubject(subjectId);
  if (removed === null) return null;
  await rows.scrub();
  return { subjectId, deletedAt, ...removed, rowsLeft: await rows.countRowsOf(subjectId, sampleIds) };
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
