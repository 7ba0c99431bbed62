import { expect, it } from 'vitest';
import { count, duration, scoreBesideThreshold, share } from './figures.ts';
import { facts, table } from './table.ts';

it('writes durations in two units at most', () => {
  expect([400, 59_400, 200_000, 7_500_000].map(duration)).toEqual(['0 s', '59 s', '3 min 20 s', '2 h 5 min']);
});

it('counts one and several', () => {
  expect([count(1, 'search'), count(16, 'search'), count(8, 'leaked identity'), count(1200, 'subject')]).toEqual(['1 search', '16 searches', '8 leaked identities', '1,200 subjects']);
});

it('lines up columns, numbers to the right', () => {
  expect(table(['Name', 'n'], [['Ann', '7'], ['Bartholomew', '12']])).toBe('Name          n\n-----------  --\nAnn           7\nBartholomew  12');
  expect(facts([['A', '1'], ['Long', '2']])).toBe('A:    1\nLong: 2');
});

it('shows on which side of the threshold a score lies', () => {
  expect(scoreBesideThreshold(0.712, 0.43)).toEqual({ score: '0.71', threshold: '0.43' });
  expect(scoreBesideThreshold(0.9812, 0.9814)).toEqual({ score: '0.9812', threshold: '0.9814' });
  expect(scoreBesideThreshold(0.5, 0.5)).toEqual({ score: '0.50', threshold: '0.50' });
});

it('writes small shares as rates and others in percent', () => {
  expect([0.29, 0.0002].map(share)).toEqual(['29.0 %', '2e-4']);
});
