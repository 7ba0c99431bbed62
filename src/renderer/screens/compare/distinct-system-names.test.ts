import { expect, it } from 'vitest';
import { distinctSystemNames } from './distinct-system-names.ts';

it('tells systems of one name apart by what they were measured on, then by number', () => {
  expect(distinctSystemNames([{ name: 'faces-2', detail: 'ORL, test part' }, { name: 'faces-2', detail: '/data/scores.csv' }, { name: 'faces-2', detail: 'ORL, test part' }, { name: 'pixels', detail: 'ORL, test part' }]))
    .toEqual(['faces-2, ORL, test part', 'faces-2, scores.csv', 'faces-2, ORL, test part (2)', 'pixels']);
});
