import type { StoreKeys } from '../protection/store-keys.ts';
import type { Vault } from '../protection/vault.ts';
import type { GalleryRows, SubjectRow } from './gallery-rows.ts';
import type { SubjectDetails } from './sealing.ts';
import { unsealSubject, unwrapSubjectKey } from './sealing.ts';

export interface KnownSubject extends SubjectDetails {
  id: string;
  isDemo: boolean;
  createdAt: number;
}

/** The names of everybody, unsealed: in memory while the store is unlocked, and kept up with what any process changes. */
export interface SubjectDirectory {
  /** Everybody whose name contains the text, in whichever case, accents aside; by name. */
  search(text: string): Promise<KnownSubject[]>;
  forget(): void;
}

interface Entry extends KnownSubject {
  folded: string;
  /** ASCII aside, names stand in the order of their letters' codes. */
  sortKey: string;
}

export function subjectDirectory(rows: GalleryRows, vault: Vault): SubjectDirectory {
  let known = { keys: null as StoreKeys | null, revision: 0, entries: new Map<string, Entry>(), sorted: [] as Entry[] };
  const forget = (): void => { known = { keys: null, revision: 0, entries: new Map(), sorted: [] }; };

  async function catchUp(): Promise<Entry[]> {
    const keys = vault.keys();
    if (known.keys !== keys) forget();
    const revision = await rows.subjectsRevision();
    if (known.keys === keys && known.revision === revision) return known.sorted;
    const entries = new Map(known.entries);
    for (const row of await rows.listSubjectsSince(known.revision)) entries.set(row.id, entryOf(keys, row));
    if (entries.size !== (await rows.countSubjects())) {
      const present = new Set(await rows.listSubjectIds());
      for (const id of entries.keys()) if (!present.has(id)) entries.delete(id);
    }
    known = { keys, revision, entries, sorted: [...entries.values()].sort(byName) };
    return known.sorted;
  }

  return {
    search: async (text) => {
      const wanted = fold(text);
      const everybody = await catchUp();
      return wanted === '' ? everybody : everybody.filter(({ folded }) => folded.includes(wanted));
    },
    forget,
  };
}

export function knownSubject(keys: StoreKeys, { id, key, details, isDemo, createdAt }: SubjectRow): KnownSubject {
  return { id, isDemo, createdAt, ...unsealSubject(unwrapSubjectKey(keys, id, key), details) };
}

function entryOf(keys: StoreKeys, row: SubjectRow): Entry {
  const subject = knownSubject(keys, row);
  return { ...subject, folded: fold(subject.name), sortKey: subject.name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) };
}

function byName(one: Entry, other: Entry): number {
  if (one.sortKey !== other.sortKey) return one.sortKey < other.sortKey ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Without case and accents, for searching names. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
