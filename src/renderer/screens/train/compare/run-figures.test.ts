import { expect, it } from 'vitest';
import { recipeSchema } from '../../../../contract/recipe/recipe.ts';
import type { RequestOutput } from '../../../../contract/requests.ts';
import { figuresOfRuns } from './run-figures.ts';

const recipe = recipeSchema.parse({ loss: { name: 'triplet' }, epochs: 9 });
const answer = (eers: readonly number[], kept: number | null): RequestOutput<'runs.get'> => ({
  run: { state: 'done', datasetName: 'ORL', epoch: eers.length, recipe, parameters: 1234, device: 'CPU', keptEpoch: kept, bestValidationEer: kept === null ? null : eers[kept]! },
  steps: [10, 30, 20].map((imagesPerSecond, step) => ({ step, imagesPerSecond, alarm: null })),
  epochs: eers.map((validationEer, epoch) => ({ epoch, validationEer, meanLoss: 0.5, kept: epoch === kept, durationMs: 1000, alarm: epoch > 1 ? 'coincide' : null })),
  costliest: null,
}) as unknown as RequestOutput<'runs.get'>;

const elsewhere = (one: RequestOutput<'runs.get'>): RequestOutput<'runs.get'> => ({ ...one, run: { ...one.run, datasetName: 'Yale' } });
const rowOf = (name: string, ...answers: RequestOutput<'runs.get'>[]) => figuresOfRuns(answers).find((row) => row.name === name)!;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it('puts the figures of runs side by side and marks the lower error', () => {
  const row = rowOf('Validation EER, kept epoch', answer([0.3, 0.2], 1), answer([0.25], 0));
  expect(row.values.map(plain)).toEqual(['20.0 %', '25.0 %']);
  expect(row.best).toEqual([0]);
  expect(rowOf('Speed', answer([0.3], 0)).values).toEqual(['20 pictures/s']);
  expect(plain(rowOf('Alarms', answer([0.3, 0.3, 0.3], 0)).values[0]!)).toBe('1 alarm');
});

it('names no best where all are equal or were validated on others, and leaves empty what a run has not reached', () => {
  expect(rowOf('Validation EER, kept epoch', answer([0.3], 0), answer([0.3], 0)).best).toEqual([]);
  expect(rowOf('Validation EER, kept epoch', answer([0.3], 0), elsewhere(answer([0.2], 0))).best).toEqual([]);
  expect(rowOf('Validation EER, last epoch', answer([], null), answer([0.3], 0))).toMatchObject({ values: ['–', expect.stringMatching(/30/)], best: [1] });
});

it('names the epoch that was kept, also where it is the network as it began', () => {
  const began = { ...answer([0.3], null), run: { ...answer([0.3], null).run, keptEpoch: -1, bestValidationEer: 0.1 } };
  expect(rowOf('Kept epoch', answer([0.3, 0.2], 1), began, answer([], null)).values).toEqual(['2', 'as it began', '–']);
  expect(rowOf('Validation EER, kept epoch', began).values.map(plain)).toEqual(['10.0 %']);
});
