import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { RequestError } from '../contract/request-error.ts';
import type { DatasetScan } from './dataset-scan.ts';
import { utf8Stream } from './utf8-text.ts';

/** Names of the two columns that matter, in whichever case; the first that is there counts. */
const pathColumns = ['path', 'file', 'filename'];
const subjectColumns = ['subject', 'label', 'identity'];

/**
 * A CSV manifest: a row for each picture, with its path (relative to the manifest), its subject, and any other columns,
 * which are kept as metadata. Rows stay in their order.
 *
 * @throws RequestError('bad-dataset') for a file that is not such a table.
 */
export async function scanManifest(file: string): Promise<DatasetScan> {
  const scan: DatasetScan = { images: [], unreadable: [], emptyFolders: [], skippedFiles: 0, columns: [], notes: [] };
  let header: Header | null = null;
  let line = 1;
  try {
    const parser = parse({ bom: true, skip_empty_lines: true, trim: true, relax_column_count: true });
    // What goes wrong with the file ends the loop below; pipe() would leave it to nobody.
    pipeline(createReadStream(file), utf8Stream(file, 'bad-dataset'), parser, () => undefined);
    for await (const row of parser as AsyncIterable<string[]>) {
      if (header === null) header = readHeader(row, file);
      else await readRow(row, { header, file, line, scan });
      line++;
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError('bad-dataset', `${file} cannot be read as a CSV table: ${reason}.`);
  }
  if (header === null) throw new RequestError('bad-dataset', `${file} is empty: it needs a row of column names, then a row for each picture.`);
  scan.columns = header.metadata.map(({ name }) => name);
  return scan;
}

interface Header {
  path: number;
  subject: number;
  metadata: { index: number; name: string }[];
}

function readHeader(names: string[], file: string): Header {
  const lower = names.map((name) => name.toLowerCase());
  const path = firstOf(lower, pathColumns);
  const subject = firstOf(lower, subjectColumns);
  if (path === -1 || subject === -1) {
    throw new RequestError(
      'bad-dataset',
      `${basename(file)} needs the columns "path" and "subject" (or "label"); it has: ${names.join(', ')}.`,
    );
  }
  const metadata = names.map((name, index) => ({ index, name })).filter(({ index }) => index !== path && index !== subject);
  return { path, subject, metadata };
}

function firstOf(names: string[], wanted: string[]): number {
  return wanted.reduce((found, name) => (found === -1 ? names.indexOf(name) : found), -1);
}

interface RowContext {
  header: Header;
  file: string;
  line: number;
  scan: DatasetScan;
}

async function readRow(row: string[], { header, file, line, scan }: RowContext): Promise<void> {
  const path = row[header.path] ?? '';
  const subject = (row[header.subject] ?? '').normalize('NFC');
  if (path === '' || subject === '') {
    scan.unreadable.push({ path: path === '' ? `row ${line}` : path, reason: `Row ${line} names no ${path === '' ? 'picture' : 'subject'}.` });
    return;
  }
  const found = await stat(resolve(dirname(file), path)).catch(() => null);
  if (!found?.isFile()) {
    scan.unreadable.push({ path, reason: `Row ${line} names a file that is not there.` });
    return;
  }
  const metadata = Object.fromEntries(header.metadata.map(({ index, name }) => [name, row[index] ?? '']));
  scan.images.push({ path, subject, metadata });
}
