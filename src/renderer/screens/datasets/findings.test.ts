import { expect, it } from 'vitest';
import { countFindings, findingKinds, matchingRows, notLookedFor } from './findings.ts';
import { nameFromPath } from './name-from-path.ts';

const findings = {
  unreadable: [{ path: 'ann/1.jpg', reason: 'It ends too early.' }],
  duplicates: [{ path: 'ann/2.jpg', of: 'bob/3.jpg', sameSubject: false }],
  suspectedCopies: [{ path: 'dora/1.jpg', of: 'ann/4.jpg', sameSubject: false, isMirrored: true }, { path: 'ann/5.jpg', of: 'ann/4.jpg', sameSubject: true, isMirrored: false }],
  emptyFolders: [], singletons: ['carl'], skippedFiles: 4,
};

it('shows only the kinds that have findings, and counts all but skipped files', () => {
  expect(findingKinds(findings).map(({ key }) => key)).toEqual(['unreadable', 'duplicates', 'suspected', 'singletons']);
  expect(countFindings(findings)).toBe(5);
});

it('stresses a picture that is under two names', () => {
  expect(findingKinds(findings)[1]!.rows[0]!.words).toBe('ANOTHER PERSON, same as bob/3.jpg');
  expect(findingKinds(findings)[2]!.rows.map(({ words }) => words)).toEqual(['ANOTHER PERSON, looks like ann/4.jpg, mirrored', 'looks like ann/4.jpg']);
});

it('says of a dataset of before that nobody looked for copies in it', () => {
  const { unreadable, duplicates, emptyFolders, singletons, skippedFiles } = findings;
  const before = { unreadable, duplicates, emptyFolders, singletons, skippedFiles };
  expect(findingKinds(before).map(({ key }) => key)).not.toContain('suspected');
  expect(notLookedFor(before)).toContain('were not looked for');
  expect(notLookedFor(findings)).toBeNull();
});

it('filters by every word, in path or reason, whatever the case', () => {
  const { rows } = findingKinds(findings)[0]!;
  expect(matchingRows(rows, 'ANN early')).toHaveLength(1);
  expect(matchingRows(rows, 'ann late')).toHaveLength(0);
});

it('proposes a name from the path', () => {
  expect(nameFromPath('/data/faces/')).toBe('faces');
  expect(nameFromPath('C:\\people\\list.CSV')).toBe('list');
  expect(nameFromPath('  ')).toBe('');
});
