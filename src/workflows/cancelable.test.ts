import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, refusal, trainModel } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => { laboratory = await openLaboratory(); });
afterEach(() => laboratory.leave());

describe('measuring cancelable templates', () => {
  it('takes the templates of an evaluation, and gives the same figures again', async () => {
    const { ask, finished } = laboratory;
    const { modelId, datasetId } = await trainModel(laboratory);
    const { evaluationId, jobId } = await ask('evaluations.start', { modelId, datasetId });
    await finished(jobId);
    const measured = await ask('cancelable.measure', { evaluationId, keys: 2, targetFmr: 0.1 });
    expect(measured.samples).toBe(measured.ofSamples);
    expect(measured.figures.map(({ scheme }) => scheme)).toEqual(['random-orthogonal', 'bio-hash', 'mlp-hash']);
    const [rotation] = measured.figures;
    expect(rotation!.sameKey.eer).toBeCloseTo(rotation!.unprotected.eer, 6);
    expect(rotation!.cosineOfEstimate).toBeCloseTo(1, 5);
    expect(await ask('cancelable.measure', { evaluationId, keys: 2, targetFmr: 0.1 })).toEqual(measured);
    expect(await refusal(ask('cancelable.measure', { evaluationId: 'evaluation-nowhere' }))).toMatchObject({ code: 'not-found' });
  });
});
