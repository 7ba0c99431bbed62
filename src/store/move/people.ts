import { createHash } from 'node:crypto';
import type { ProtectionRow, ProtectionRowsNow } from '../sealed-gallery/protection-rows.ts';
import type { SampleRow, SubjectRow, TemplateRow } from '../sealed-gallery/gallery-rows.ts';

/** Some people with all that hangs on them, as sealed rows. Samples and templates in the order of their coming. */
export interface PeopleRows {
  subjects: SubjectRow[];
  samples: SampleRow[];
  templates: TemplateRow[];
}

/** A database that people can be copied from and to, within one transaction of it. */
export interface PeoplePlace {
  listSubjectIdsAfter(after: string, limit: number): Promise<string[]>;
  read(subjectIds: readonly string[]): Promise<PeopleRows>;
  insert(rows: PeopleRows): Promise<void>;
  /** Under which the templates are. */
  readProtections(): Promise<ProtectionRowsNow>;
  writeProtection(current: ProtectionRow): Promise<void>;
}

/** What two places must agree on before one of them is emptied. */
export interface PeopleDigest {
  subjects: number;
  samples: number;
  templates: number;
  /** SHA-256 over every byte of every row, person by person. */
  sha256: string;
}

/** So many people, with their pictures, are in memory at once. */
const peopleOfPiece = 100;

/** Reads a place through, in pieces that fit in memory. */
export async function* piecesOf(place: PeoplePlace): AsyncGenerator<PeopleRows> {
  for (let after = ''; ;) {
    const ids = await place.listSubjectIdsAfter(after, peopleOfPiece);
    if (ids.length === 0) return;
    yield await place.read(ids);
    after = ids.at(-1)!;
  }
}

/** Reads a place through, gives each piece to `use`, and says what was read. */
export async function digestPeople(place: PeoplePlace, use: (rows: PeopleRows) => Promise<void> = () => Promise.resolve()): Promise<PeopleDigest> {
  const hash = createHash('sha256');
  addToHash(hash, (await place.readProtections()).current);
  const digest = { subjects: 0, samples: 0, templates: 0 };
  for await (const rows of piecesOf(place)) {
    for (const row of inOrder(rows)) addToHash(hash, row);
    await use(rows);
    digest.subjects += rows.subjects.length;
    digest.samples += rows.samples.length;
    digest.templates += rows.templates.length;
  }
  return { ...digest, sha256: hash.digest('hex') };
}

export function isSameDigest(one: PeopleDigest, other: PeopleDigest): boolean {
  return one.sha256 === other.sha256 && one.subjects === other.subjects && one.samples === other.samples && one.templates === other.templates;
}

/** Places need not give rows in the same order. */
function inOrder({ subjects, samples, templates }: PeopleRows): object[] {
  const by = <Row>(rows: readonly Row[], key: (row: Row) => string): Row[] => [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return [...by(subjects, ({ id }) => id), ...by(samples, ({ id }) => id), ...by(templates, ({ sampleId, modelId }) => `${sampleId} ${modelId}`)];
}

/** Names, kinds and lengths of the values go in too, so that no two rows read alike. */
function addToHash(hash: ReturnType<typeof createHash>, row: object): void {
  const entries = Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)) as [string, unknown][];
  for (const [name, value] of entries) {
    const bytes = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value));
    hash.update(`${name} ${value instanceof Uint8Array ? 'bytes' : 'value'} ${bytes.length}\n`);
    hash.update(bytes);
  }
}
