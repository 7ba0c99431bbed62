import { describe, expect, it } from 'vitest';
import { comparisonList, prescribed } from './comparison-list.ts';
import { fvcPairs } from './fvc-pairs.ts';
import { lfwPairs } from './lfw-pairs.ts';
import { galleryPairs, ownPairs } from './own-pairs.ts';

const isMated = ({ isMated: mated }: { isMated: boolean }): boolean => mated;

describe('the FVC protocol', () => {
  it('makes 2,800 mated and 4,950 non-mated comparisons of 100 fingers of 8, none twice', () => {
    const paths = Array.from({ length: 800 }, (_, at) => `${Math.floor(at / 8) + 1}_${(at % 8) + 1}.tif`);
    const pairs = fvcPairs([...paths, 'index.txt', 'readme_first.tif']);
    expect([pairs.filter(isMated).length, pairs.filter((pair) => !isMated(pair)).length]).toEqual([2800, 4950]);
    expect(new Set(pairs.map(({ sampleA, sampleB }) => [sampleA, sampleB].sort().join())).size).toBe(7750);
    expect(pairs[0]).toMatchObject({ sampleA: '1_1.tif', sampleB: '1_2.tif', subjectA: '1' });
    expect(pairs.at(-1)).toMatchObject({ sampleA: '99_1.tif', sampleB: '100_1.tif' });
  });

  it('takes fingers of unlike numbers', () => {
    expect(fvcPairs(['a/1_1.tif', 'a/1_3.tif', 'a/2_2.tif']).map((pair) => [pair.sampleA, pair.sampleB, pair.isMated])).toEqual([['a/1_1.tif', 'a/1_3.tif', true], ['a/1_1.tif', 'a/2_2.tif', false]]);
  });
});

describe('the pairs of LFW', () => {
  const pathOf = (name: string, number: number): string | undefined => (number < 9 ? `${name}/${name}_000${number}.jpg` : undefined);

  it('come in folds where the first line says so', () => {
    const pairs = lfwPairs('2\t1\nAnn\t1\t2\nBob\t1\tCleo\t3\nDan 2 4\nEve 1 Fay 1\n', pathOf);
    expect(pairs.map(({ split, isMated: mated }) => [split, mated])).toEqual([['fold 1', true], ['fold 1', false], ['fold 2', true], ['fold 2', false]]);
    expect(pairs[1]).toEqual({ sampleA: 'Bob/Bob_0001.jpg', sampleB: 'Cleo/Cleo_0003.jpg', subjectA: 'Bob', subjectB: 'Cleo', isMated: false, split: 'fold 1' });
  });

  it('come without folds, as in View 1, with or without a first line', () => {
    for (const head of ['', '1\n']) expect(lfwPairs(`${head}Ann 1 2\nAnn 1 Bob 2`, pathOf).map(({ split }) => split)).toEqual(['', '']);
  });

  it.each([
    ['Ann 1\n', /Line 1 of the pairs file is neither/],
    ['Ann 1 2\nAnn one 2\n', /Line 2 of the pairs file is neither/],
    ['Ann 1 12\n', /Line 1 of the pairs file names image 12 of Ann, which is not there/],
    ['10 300\nAnn 1 2\n', /says 10 folds of 300 \+ 300 pairs, but has 1 of 6000 lines/],
  ])('are refused by their line: %j', (text, message) => {
    expect(() => lfwPairs(text, pathOf)).toThrow(message);
  });
});

describe('pairs of one\'s own', () => {
  it('are mated where the file says so, or where the subjects are the same', () => {
    expect(ownPairs('path_a,path_b,mated\na/1.png,a/2.png,1\na/1.png,b/1.png,0\n', 'p.csv').map(({ subjectA, subjectB, isMated: mated }) => [subjectA, subjectB, mated]))
      .toEqual([['a', 'a', true], ['a', 'b', false]]);
    expect(ownPairs('path_a,path_b,subject_a,subject_b,split\n1.png,2.png,x,x,dev\n1.png,3.png,x,y,eval\n', 'p.csv').map(({ split, isMated: mated }) => [split, mated]))
      .toEqual([['dev', true], ['eval', false]]);
  });

  it('are refused by file and row', () => {
    expect(() => ownPairs('path_a,mated\nx,1\n', 'p.csv')).toThrow(/p.csv needs a row of column names with path_b/);
    expect(() => ownPairs('path_a,path_b,mated\nx,y,maybe\n', 'p.csv')).toThrow(/p.csv, row 1: it needs mated/);
    expect(() => ownPairs('path_a,path_b,mated,subject_a,subject_b\nx,y,1,p,q\n', 'p.csv')).toThrow(/p and q are two subjects, yet called mated/);
  });

  it('of a gallery and probes are every probe with every reference', () => {
    const pairs = [...galleryPairs('path,subject,role\ng1,a,gallery\ng2,b,gallery\np1,a,probe\np2,c,probe\n', 'g.csv').pairs()];
    expect(pairs.map((pair) => [pair.sampleA, pair.sampleB, pair.isMated])).toEqual([['g1', 'p1', true], ['g2', 'p1', false], ['g1', 'p2', false], ['g2', 'p2', false]]);
    expect(() => galleryPairs('path,subject,role\ng1,a,enrolled\n', 'g.csv')).toThrow(/row 1: it needs a path, a subject, and a role/);
  });
});

describe('a frozen list of comparisons', () => {
  it('has a hash that changes with any of its comparisons, and each sample once', () => {
    const pairs = ownPairs('path_a,path_b,mated\na/1,a/2,1\na/1,b/1,0\n', 'p.csv');
    const list = comparisonList(prescribed(pairs), 'p.csv');
    expect(list.samples).toEqual([{ path: 'a/1', subject: 'a' }, { path: 'a/2', subject: 'a' }, { path: 'b/1', subject: 'b' }]);
    expect(comparisonList(prescribed(pairs), 'other.csv').hash).toBe(list.hash);
    expect(comparisonList(prescribed([...pairs].reverse()), 'p.csv').hash).not.toBe(list.hash);
    expect(() => comparisonList(prescribed([]), 'p.csv')).toThrow(/p.csv names no comparison\.$/);
    expect(() => comparisonList(prescribed([]), 'prints', 'It needs images called 101_1.tif.')).toThrow(/prints names no comparison\. It needs images called 101_1\.tif\.$/);
  });
});
