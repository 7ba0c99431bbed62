import type { DatasetFindings } from '../../../contract/requests/datasets.ts';

export interface FindingKind {
  readonly key: string;
  readonly title: string;
  /** What it means for the work. */
  readonly meaning: string;
  readonly rows: readonly FindingRow[];
}

export interface FindingRow {
  readonly subject: string;
  readonly words: string;
}

/** Everything that was wrong with the files, by kind; kinds without a finding are left out. */
export function findingKinds(findings: DatasetFindings): FindingKind[] {
  const kinds: FindingKind[] = [
    {
      key: 'unreadable', title: 'Unreadable', meaning: 'These files could not be decoded and are left out.',
      rows: findings.unreadable.map(({ path, reason }) => ({ subject: path, words: reason })),
    },
    {
      key: 'duplicates', title: 'Duplicates', meaning: 'These pictures show exactly what another one shows. Those of one person would flatter an evaluation; those of two people are mislabelled.',
      rows: findings.duplicates.map(({ path, of, sameSubject }) => ({ subject: path, words: `${sameSubject ? 'same as' : 'ANOTHER PERSON, same as'} ${of}` })),
    },
    {
      key: 'suspected', title: 'Suspected copies', meaning: 'These pictures look like copies of another one (saved again, resized or mirrored), but are not equal pixels. They stay in the dataset: look at both, and take out what is the same photo.',
      rows: (findings.suspectedCopies ?? []).map(({ path, of, sameSubject, isMirrored }) => ({ subject: path, words: `${sameSubject ? 'looks like' : 'ANOTHER PERSON, looks like'} ${of}${isMirrored ? ', mirrored' : ''}` })),
    },
    {
      key: 'empty', title: 'Empty folders', meaning: 'These folders hold no picture that could be read; they are no people of the dataset.',
      rows: findings.emptyFolders.map((path) => ({ subject: path, words: '' })),
    },
    {
      key: 'singletons', title: 'One picture only', meaning: 'These people have a single picture: they can be compared with others, but not with themselves.',
      rows: findings.singletons.map((name) => ({ subject: name, words: '' })),
    },
  ];
  return kinds.filter((kind) => kind.rows.length > 0);
}

/** What nobody looked for in a dataset of before, lest its absence reads as an answer. */
export function notLookedFor({ suspectedCopies }: DatasetFindings): string | null {
  if (suspectedCopies !== undefined) return null;
  return 'Copies that are not equal pixels (saved again, resized or mirrored) were not looked for when this dataset was added. Remove the dataset and add it again to have them named.';
}

export function countFindings(findings: DatasetFindings): number {
  return findings.unreadable.length + findings.duplicates.length + (findings.suspectedCopies?.length ?? 0) + findings.emptyFolders.length + findings.singletons.length;
}

/** The rows whose path, name or reason contains every word that was typed. */
export function matchingRows(rows: readonly FindingRow[], typed: string): readonly FindingRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => words.every((word) => `${row.subject} ${row.words}`.toLowerCase().includes(word)));
}
