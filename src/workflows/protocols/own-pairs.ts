import { RequestError } from '../../contract/request-error.ts';
import type { Prescription, ProtocolPair, SetMember } from './comparison-list.ts';
import type { Side } from './crossed.ts';
import { amongThemselves, crossed } from './crossed.ts';
import type { Row } from './table-rows.ts';
import { metadataIn, metadataOfImages, rowsOf } from './table-rows.ts';

/**
 * One's own pairs: a CSV with the columns path_a, path_b (below the folder of images) and mated (1 or 0), or instead of it
 * subject_a and subject_b; optionally split (fold or part). Other columns are metadata: light_a and light_b of the two images, light of both.
 *
 * @throws RequestError bad-dataset, naming the row.
 */
export function ownPairs(text: string, file: string): ProtocolPair[] {
  return rowsOf(text, file, ['path_a', 'path_b']).map((row, at) => {
    const refuse = (why: string): never => {
      throw new RequestError('bad-dataset', `${file}, row ${at + 1}: ${why}.`);
    };
    const [sampleA, sampleB] = [row['path_a'] || refuse('path_a is missing'), row['path_b'] || refuse('path_b is missing')];
    const [namedA, namedB] = [row['subject_a'] ?? '', row['subject_b'] ?? ''];
    const mated = row['mated'] ?? (namedA !== '' && namedB !== '' ? String(Number(namedA === namedB)) : '');
    if (mated !== '0' && mated !== '1') refuse('it needs mated (1 or 0), or subject_a and subject_b');
    const subjectA = namedA || folderOf(sampleA);
    const subjectB = namedB || (mated === '1' ? subjectA : folderOf(sampleB));
    if (mated === '1' && subjectA !== subjectB) refuse(`${subjectA} and ${subjectB} are two subjects, yet called mated`);
    return { sampleA, sampleB, subjectA, subjectB, isMated: mated === '1', split: row['split'] ?? '', metadata: metadataIn(row) };
  });
}

/**
 * Gallery and probes, in the manner of bob: a CSV with the columns path, subject and role ("gallery" or "probe"), and perhaps set (rows
 * with the same one are one template) and split; other columns are metadata. Every probe is compared with everything in the gallery of its split.
 *
 * @throws RequestError bad-dataset, naming the row.
 */
export function galleryPairs(text: string, file: string): Prescription {
  const rows = rowsOf(text, file, ['path', 'subject', 'role']);
  const unknown = rows.findIndex(({ path, subject, role }) => !path || !subject || (role !== 'gallery' && role !== 'probe'));
  if (unknown >= 0) throw new RequestError('bad-dataset', `${file}, row ${unknown + 1}: it needs a path, a subject, and a role that is gallery or probe.`);
  const sets = new Map<string, SetMember[]>();
  const [references, probes] = ['gallery', 'probe'].map((wanted) => sidesOf(rows.filter(({ role }) => role === wanted), file, sets)) as [Side[], Side[]];
  return { pairs: () => crossed(references, probes), sets, metadata: metadataOfImages(rows) };
}

/**
 * Template sets: a CSV with the columns path, subject and set, and perhaps split; other columns are metadata. Every set is compared with every other of its split.
 *
 * @throws RequestError bad-dataset, naming the row.
 */
export function templateSetPairs(text: string, file: string): Prescription {
  const rows = rowsOf(text, file, ['path', 'subject', 'set']);
  const unknown = rows.findIndex(({ path, subject, set }) => !path || !subject || !set);
  if (unknown >= 0) throw new RequestError('bad-dataset', `${file}, row ${unknown + 1}: it needs a path, a subject and a set.`);
  const sets = new Map<string, SetMember[]>();
  const sides = sidesOf(rows, file, sets);
  return { pairs: () => amongThemselves(sides), sets, metadata: metadataOfImages(rows) };
}

/** What the rows make: an image for a row without a set, else the set, whose images are added to `sets`. */
function sidesOf(rows: readonly Row[], file: string, sets: Map<string, SetMember[]>): Side[] {
  const sides = new Map<string, Side>();
  for (const { path, subject, set, split } of rows) {
    const side: Side = { name: set || path!, subject: subject!, identity: subject!, split: split ?? '' };
    const known = sides.get(side.name);
    if (known !== undefined && (known.subject !== side.subject || known.split !== side.split)) {
      throw new RequestError('bad-dataset', `${file}: ${side.name} belongs to ${known.subject}${known.split && ` in ${known.split}`} and to ${side.subject}${side.split && ` in ${side.split}`}.`);
    }
    if (known === undefined && sets.has(side.name)) throw new RequestError('bad-dataset', `${file}: the set ${side.name} is gallery and probe at once.`);
    sides.set(side.name, side);
    if (set) sets.set(set, [...(sets.get(set) ?? []), { path: path!, part: '' }]);
  }
  return [...sides.values()];
}

/** A person's folder, else the file itself: nobody else is in it then. */
const folderOf = (path: string): string => path.split('/').at(-2) ?? path;
