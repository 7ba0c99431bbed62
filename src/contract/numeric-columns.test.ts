import { expect, it } from 'vitest';
import { numericColumns } from './numeric-columns.ts';

it('finds the columns of numbers, blanks allowed, and no constant one', () => {
  const samples = [['yes', '1.5', '3', ''], ['no', '', '3', ''], ['no', '-2e3', '3', 'x']].map((values) => ({ values }));
  expect(numericColumns(['glasses', 'sharpness', 'session', 'note'], samples)).toEqual(['sharpness']);
  expect(numericColumns([], samples)).toEqual([]);
});

it('puts the column with the most different numbers first: a quality rather than a session', () => {
  const samples = [['1', '55'], ['2', '71'], ['1', '30']].map((values) => ({ values }));
  expect(numericColumns(['session', 'sharpness'], samples)).toEqual(['sharpness', 'session']);
});
