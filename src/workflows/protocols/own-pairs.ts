import { parse } from 'csv-parse/sync';
import { RequestError } from '../../contract/request-error.ts';
import type { ProtocolPair } from './comparison-list.ts';

type Row = Record<string, string | undefined>;

/**
 * One's own pairs: a CSV with the columns path_a, path_b (below the folder of images) and mated (1 or 0), or instead of it
 * subject_a and subject_b; optionally split (fold or part).
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
    return { sampleA, sampleB, subjectA, subjectB, isMated: mated === '1', split: row['split'] ?? '' };
  });
}

/**
 * Gallery and probes, in the manner of bob: a CSV with the columns path, subject and role ("gallery" or "probe"). Every
 * probe is compared with every gallery image.
 *
 * @throws RequestError bad-dataset, naming the row.
 */
export function galleryPairs(text: string, file: string): ProtocolPair[] {
  const rows = rowsOf(text, file, ['path', 'subject', 'role']);
  const unknown = rows.findIndex(({ path, subject, role }) => !path || !subject || (role !== 'gallery' && role !== 'probe'));
  if (unknown >= 0) throw new RequestError('bad-dataset', `${file}, row ${unknown + 1}: it needs a path, a subject, and a role that is gallery or probe.`);
  const gallery = rows.filter(({ role }) => role === 'gallery');
  return rows.filter(({ role }) => role === 'probe').flatMap((probe) => gallery.map((reference) => ({
    sampleA: reference['path']!, sampleB: probe['path']!, subjectA: reference['subject']!, subjectB: probe['subject']!,
    isMated: reference['subject'] === probe['subject'], split: '',
  })));
}

function rowsOf(text: string, file: string, needed: readonly string[]): Row[] {
  let rows: Row[];
  try {
    rows = parse(text, { columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), bom: true, trim: true, skip_empty_lines: true }) as Row[];
  } catch (error) {
    throw new RequestError('bad-dataset', `${file} cannot be read as a CSV table: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const missing = needed.filter((name) => rows[0] === undefined || !(name in rows[0]));
  if (missing.length > 0) throw new RequestError('bad-dataset', `${file} needs a row of column names with ${missing.join(' and ')}, and rows below it.`);
  return rows;
}

/** A person's folder, else the file itself: nobody else is in it then. */
const folderOf = (path: string): string => path.split('/').at(-2) ?? path;
