import { expect, it } from 'vitest';
import { countFindings, findingKinds, matchingRows } from './findings.ts';
import { nameFromPath } from './name-from-path.ts';

const findings = {
  unreadable: [{ path: 'ann/1.jpg', reason: 'It ends too early.' }],
  duplicates: [{ path: 'ann/2.jpg', of: 'bob/3.jpg', sameSubject: false }],
  emptyFolders: [], singletons: ['carl'], skippedFiles: 4,
};

it('shows only the kinds that have findings, and counts all but skipped files', () => {
  expect(findingKinds(findings).map(({ key }) => key)).toEqual(['unreadable', 'duplicates', 'singletons']);
  expect(countFindings(findings)).toBe(3);
});

it('stresses a picture that is under two names', () => {
  expect(findingKinds(findings)[1]!.rows[0]!.words).toBe('ANOTHER PERSON, same as bob/3.jpg');
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
