import { expect, it } from 'vitest';
import { datasetAmong } from './find.ts';
import { dataset } from './test-support/laboratory.ts';

it('finds the dataset that was read, where a first try of the same name failed', () => {
  const failed = { ...dataset, id: 'dataset-2', state: 'failed' as const };
  expect(datasetAmong([failed, dataset], 'ORL')).toBe(dataset);
  expect(datasetAmong([failed, dataset], 'dataset-2')).toBe(failed);
});

it('asks which, where two could be read', () => {
  expect(() => datasetAmong([dataset, { ...dataset, id: 'dataset-2' }], 'orl')).toThrow(/2 datasets are called "orl". Name one by its id: dataset-1, dataset-2/);
});
