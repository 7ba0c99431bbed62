import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { SweepManifest } from './sweep-manifest.ts';
import { sweepPage } from './sweep-page.ts';
import { sweepResults } from './sweep-results.ts';
import type { FinishedRun } from './sweep-runs.ts';

const recipe = recipeSchema.parse({ loss: 'nca', epochs: 4, batchesPerEpoch: 9 });
const item = (key: string): SweepManifest['items'][number] => ({ key, title: key.toUpperCase(), survey: 'eq. 15', setting: 'Somebody 2004', recipe });
const part = { subjects: 4, images: 16 };
const manifest: SweepManifest = {
  format: 'likeness-sweep-1',
  dataset: { name: 'People', modality: 'face', sha256: 'abc', split: { seed: 1, train: 0.5, validation: 0.25, test: 0.25 }, leastImages: 2, parts: { train: part, validation: part, test: part } },
  seeds: [1, 2, 3], items: [item('good'), item('better'), item('absent')], recipesSha256: 'def', replicates: 5, versions: { likeness: '0.1.0' },
};

/** A run whose every figure is `value`, and on the resamples value + shift. */
function run(key: string, { seed, value, shifts }: { seed: number; value: number; shifts: readonly (number | null)[] }): FinishedRun {
  // So many subjects, none of whom does more than the others, have the percentiles of the resamples as limits.
  const influence = new Array<number>(1000).fill(0);
  const figure = { value, resamples: shifts.map((shift) => (shift === null ? null : value + shift)), influence };
  const drawn = shifts.filter((shift) => shift !== null).map((shift): [number, number] => [value + shift, value]);
  // Pairs of subjects alone move nothing, so that no noise is taken off.
  const eer = { estimate: value, drawn, alike: drawn, ofPairs: [value, value], influence };
  return {
    format: 'likeness-sweep-run-3', key: `${key}.seed-${seed}`, item: key, kind: key === 'untrained' || key === 'raw-pixels' ? key : 'loss', seed,
    figures: { meanAveragePrecisionAtR: figure, eer, recallAt1: figure }, mated: 24, nonMated: 96, searches: 16,
    training: key === 'untrained' || key === 'raw-pixels' ? null : { keptEpoch: 2, epochs: 4, validationEer: 0.2, weightsHash: 'h', parameters: 7, durationMs: 1000 },
    device: 'CPU', durationMs: 1500, endedAt: 86_400_000 * seed,
  };
}

const shifts = [-0.2, -0.1, 0, 0.1, 0.2];
const finished = [
  run('raw-pixels', { seed: 1, value: 0.1, shifts }),
  run('untrained', { seed: 1, value: 0.3, shifts }),
  ...[0.4, 0.5, 0.6].map((value, index) => run('good', { seed: index + 1, value, shifts })),
  ...[0.5, 0.7, 0.75].map((value, index) => run('better', { seed: index + 1, value, shifts: shifts.toReversed() })),
];
const results = sweepResults({ manifest, planned: 13, finished, failed: [{ key: 'absent.seed-1', reason: 'It collapsed.' }], asked: { command: 'likeness sweep --dataset People', note: 'Nobody real.' } });

describe('the results of a sweep', () => {
  it('are means over the seeds, best first and the baselines last', () => {
    expect(results.rows.map(({ key }) => key)).toEqual(['better', 'good', 'untrained', 'raw-pixels']);
    const [better, good] = results.rows;
    expect(better!.meanAveragePrecisionAtR.value).toBeCloseTo(0.65, 12);
    expect(better!.meanAveragePrecisionAtR.bySeed).toEqual([0.5, 0.7, 0.75]);
    expect(good!.keptEpochs).toEqual([2, 2, 2]);
    expect(results).toMatchObject({ done: 8, runs: 13, comparisons: { mated: 24, nonMated: 96, searches: 16 }, durationMs: 12_000, endedAt: 259_200_000 });
    expect(results.budget).toMatchObject({ epochs: 4, batchesPerEpoch: 9, parameters: 7, batch: '32 (8 people x 4)' });
  });

  it('have the percentiles of the resamples, and distances within each resample', () => {
    const [better, good] = results.rows;
    // Five resamples of 0.3, 0.4 ... 0.7: the 2.5 % percentile lies a tenth of the way from the first to the second.
    for (const { low, high } of [good!.recallAt1, good!.eer]) {
      expect(low).toBeCloseTo(0.31, 3);
      // A little wider, as the subjects have an end.
      expect(low).toBeLessThan(0.31);
      expect(high).toBeCloseTo(0.69, 3);
    }
    expect(better!.behindBest).toBeNull();
    // 0.15 apart, and the resamples run against each other: from 0.55 to -0.25 apart, not the 0.15 of unpaired means.
    expect(good!.behindBest!.value).toBeCloseTo(0.15, 12);
    expect(good!.behindBest!.low).toBeCloseTo(-0.23, 2);
    expect(good!.behindBest!.high).toBeCloseTo(0.53, 2);
  });

  it('have no interval where most resamples do not have the figure', () => {
    const few = [run('good', { seed: 1, value: 0.5, shifts: [null, null, null, 0.1, 0.2] })];
    const { rows } = sweepResults({ manifest, planned: 13, finished: few, failed: [], asked: { command: '', note: '' } });
    expect(rows[0]!.eer).toMatchObject({ value: 0.5, low: null, high: null });
  });

  it('say of no figure that it is certain: of one at its end the rule of three, of a difference that never moves nothing', () => {
    const all = { seed: 1, value: 1, shifts: [0, 0, 0, 0, 0] };
    const certain = sweepResults({ manifest, planned: 13, finished: [run('good', all), run('better', all), run('untrained', { ...all, value: 0.5 })], failed: [], asked: { command: '', note: '' } });
    const { rows } = certain;
    expect(rows[0]!.recallAt1).toMatchObject({ value: 1, low: 1 - 3 / 16, high: 1 });
    expect(rows[1]!.behindBest).toEqual({ value: 0, low: null, high: null });
    expect(sweepPage(certain)).toContain('Highest MAP@R: GOOD. Whether these people can tell it from BETTER is not known: the distance has no interval.');
  });

  it('have no interval of fewer than 5 subjects', () => {
    const ofFour = ({ figures: { meanAveragePrecisionAtR, eer, recallAt1 }, ...rest }: FinishedRun): FinishedRun => {
      const few = { influence: [0, 0, 0, 0] };
      return { ...rest, figures: { meanAveragePrecisionAtR: { ...meanAveragePrecisionAtR, ...few }, eer: { ...eer, ...few }, recallAt1: { ...recallAt1, ...few } } };
    };
    const { rows } = sweepResults({ manifest, planned: 13, finished: [ofFour(run('good', { seed: 1, value: 0.5, shifts }))], failed: [], asked: { command: '', note: '' } });
    for (const figure of [rows[0]!.meanAveragePrecisionAtR, rows[0]!.eer, rows[0]!.recallAt1]) expect(figure).toMatchObject({ value: 0.5, low: null, high: null });
  });

  it('read as a page that says how it was made, what is missing and what failed', () => {
    const page = sweepPage(results);
    expect(page).toContain('likeness sweep --dataset People');
    expect(page).toContain('Nobody real.');
    expect(page).toContain('**Not finished: 8 of 13 runs are done.**');
    expect(page).toContain('| GOOD | eq. 15 | 50.0 (31.0 to 69.0) | 40.0 to 60.0 | 50.0 (31.0 to 69.0) | 40.0 to 60.0 | 50.0 (31.0 to 69.0) | 15.0 (−23.0 to 53.0) |');
    expect(page).toContain('Highest MAP@R: BETTER. These people cannot tell it from GOOD');
    expect(page).toContain('Every loss is above the untrained network.');
    expect(page).toContain('- absent.seed-1: It collapsed.');
    expect(page).toContain('1970-01-04');
  });
});
