import { describe, expect, it } from 'vitest';
import { qualityColumn } from '../sample-qualities.ts';
import { reportedColumns } from './reported-columns.ts';

const column = (name: string, ...values: string[]) => ({ name, values: new Set(values) });

describe('the columns of a report', () => {
  it('make groups of words and of whole numbers, and qualities of numbers', () => {
    const { sliced, qualities } = reportedColumns([column('light', 'day', 'night'), column('session', '1', '2'), column('age class', '1', '2', '3')]);
    expect([sliced, qualities]).toEqual([['light', 'session', 'age class'], ['age class']]);
  });

  it('make no groups of amounts that some samples share by chance, and none of names', () => {
    const names = Array.from({ length: 13 }, (_, at) => `n${at}`);
    const { sliced, qualities } = reportedColumns([column('sharpness', '0.5', '0.75'), column(qualityColumn, '20', '100'), column('name', ...names), column('one', 'same')]);
    expect([sliced, qualities]).toEqual([[], ['sharpness', qualityColumn]]);
  });
});
