import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, putFace, refusal, smallRecipe } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let trained: { modelId: string; datasetId: string };
beforeEach(async () => {
  laboratory = await openLaboratory();
  trained = await trainFingerModel(laboratory);
});
afterEach(() => laboratory.leave());

async function trainFingerModel({ ask, finished }: Laboratory): Promise<typeof trained> {
  const datasetId = await addPeople(laboratory, 12, { modality: 'finger' });
  const recipe = recipeSchema.parse({ ...smallRecipe(2), modality: 'finger', input: { ...smallRecipe(2).input, pipeline: 'finger', mirror: false }, augmentation: { flip: 0 } });
  const { runId, jobId } = await ask('runs.start', { datasetId, recipe });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  return { datasetId, modelId: (await ask('runs.get', { runId })).run.modelId! };
}

const hand = (who: string, which: string): Promise<string> => putFace(laboratory, who, `1 ${which}`);

async function enrolHand(name: string, which = 'hand-left') {
  return laboratory.ask('enrol.images', { subject: { name }, imageIds: [await hand(name, which)], several: 'hand' });
}

describe('a whole hand at enrolment', () => {
  it('becomes a sample for each finger, with its position and quality', async () => {
    const { subject, outcomes } = await enrolHand('anna');
    expect(outcomes.map(({ finger, accepted, quality }) => [finger, accepted, quality?.score])).toEqual(['index', 'middle', 'ring', 'little'].map((finger) => [`left ${finger}`, true, 80]));
    const { samples } = await laboratory.ask('subjects.get', { subjectId: subject!.id });
    expect(samples.map(({ finger, hasTemplate }) => [finger, hasTemplate])).toEqual(outcomes.map(({ finger }) => [finger, true]));
    expect(samples[0]!.fileName).toMatch(/, left index$/);
  });

  it('loses only the finger that is no good, and says which and why', async () => {
    const { ask } = laboratory;
    await ask('policy.set', { ...(await ask('policy.get', {})), minimumQuality: 20 });
    const { subject, outcomes } = await enrolHand('anna', 'hand-right poor-ring');
    expect(subject).toMatchObject({ samples: 3, templates: 3 });
    expect(outcomes.filter(({ accepted }) => !accepted)).toMatchObject([{ finger: 'right ring', quality: { score: 10 }, reason: expect.stringMatching(/quality is 10 of 100, and at least 20/) }]);
  });

  it('is refused where four fingers cannot be told apart, and where the model looks at something else', async () => {
    const none = await enrolHand('anna', 'fist');
    expect(none).toMatchObject({ subject: null, outcomes: [{ accepted: false, finger: null, reason: expect.stringMatching(/^1 finger was found in it, and a whole hand shows four/) }] });
    const imageIds = [await hand('anna', 'hand-left')];
    expect((await refusal(laboratory.ask('enrol.images', { subject: { name: 'anna' }, imageIds, several: 'hand', finger: 'left ring' }))).message).toMatch(/cannot be a left ring alone/);
    const { ask, finished } = laboratory;
    const { runId, jobId } = await ask('runs.start', { datasetId: trained.datasetId, recipe: { ...smallRecipe(2), modality: 'finger' } });
    await finished(jobId);
    await ask('models.use', { modelId: (await ask('runs.get', { runId })).run.modelId! });
    expect((await refusal(ask('enrol.images', { subject: { name: 'anna' }, imageIds, several: 'hand' }))).message).toMatch(/does not look at fingers/);
  });
});

describe('a whole hand at verification', () => {
  it('compares finger by finger, fuses by the sum, and decides by no threshold that was measured on single fingers', async () => {
    const { ask, finished } = laboratory;
    const { evaluationId, jobId } = await ask('evaluations.start', { ...trained });
    await finished(jobId);
    const { threshold } = await ask('thresholds.choose', { evaluationId, targetFmr: 0.1 });
    const { subject } = await enrolHand('anna');
    const probe = await putFace(laboratory, 'anna', '2 hand-left');
    const result = await ask('verify.compare', { probe, reference: { subjectId: subject!.id }, several: 'hand' });
    const { fingers } = result.hand!;
    expect(fingers.map(({ finger, references }) => [finger, references.length])).toEqual(['index', 'middle', 'ring', 'little'].map((finger) => [`left ${finger}`, 1]));
    for (const { score, isMatch } of fingers) expect(isMatch).toBe(score! >= threshold);
    expect(result.score).toBeCloseTo(fingers.reduce((sum, { score }) => sum + score!, 0) / 4, 12);
    expect(result).toMatchObject({ isMatch: null, threshold: null, probe: { label: 'left hand' }, hand: { threshold: { threshold } } });
    const index = await ask('verify.compare', { probe: await putFace(laboratory, 'anna-left-index', 2), reference: { subjectId: subject!.id }, finger: 'left index' });
    expect(index.score).toBeGreaterThan(threshold);
    expect(index.references).toHaveLength(1);
  });

  it('leaves out what is not enrolled, and refuses another hand', async () => {
    const { ask } = laboratory;
    await ask('policy.set', { ...(await ask('policy.get', {})), minimumQuality: 20 });
    const { subject } = await enrolHand('anna', 'hand-left poor-ring');
    const reference = { subjectId: subject!.id };
    const { hand: compared } = await ask('verify.compare', { probe: await putFace(laboratory, 'anna', '2 hand-left'), reference, several: 'hand' });
    expect(compared!.fingers.map(({ reason }) => reason)).toEqual([null, null, 'It is not enrolled.', null]);
    const other = await putFace(laboratory, 'anna', '2 hand-right');
    expect((await refusal(ask('verify.compare', { probe: other, reference, several: 'hand' }))).message).toMatch(/No finger of this hand can be compared with anna/);
    const ring = await putFace(laboratory, 'anna-left-ring', 2);
    expect(await refusal(ask('verify.compare', { probe: ring, reference }))).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/several fingers are enrolled \(left index, left middle, left little\)\. Say which one/) });
    expect((await refusal(ask('verify.compare', { probe: ring, reference, finger: 'left ring' }))).message).toMatch(/The probe is a left ring, and of anna other fingers are enrolled/);
  });
});

describe('a search with a known finger', () => {
  const search = async (who: string, finger: FingerPosition | null) => laboratory.ask('identify.search', { probe: await putFace(laboratory, who, 3), finger });

  it('compares with that finger of everybody, and with samples of which nobody said what they show', async () => {
    const [anna, bob] = [(await enrolHand('anna')).subject!, (await enrolHand('bob', 'hand-right')).subject!];
    const { subject: cleo } = await laboratory.ask('enrol.images', { subject: { name: 'cleo' }, imageIds: [await putFace(laboratory, 'cleo', 1)] });
    const left = await search('anna-left-index', 'left index');
    expect(left.searched).toBe(2);
    expect(left.candidates[0]).toMatchObject({ subjectId: anna.id });
    expect(left.candidates.map(({ subjectId }) => subjectId)).not.toContain(bob.id);
    expect(left.candidates.map(({ subjectId }) => subjectId)).toContain(cleo!.id);
    // Of an unknown finger nothing is left out: the mean over all four fingers says less.
    const unknown = await search('anna-left-index', null);
    expect(unknown.searched).toBe(3);
    expect(unknown.candidates.find(({ subjectId }) => subjectId === anna.id)!.score).toBeLessThan(left.candidates[0]!.score);
  });

  it('follows what is enrolled and deleted after it was loaded', async () => {
    const { ask } = laboratory;
    const { subject } = await enrolHand('anna');
    expect((await search('anna-left-ring', 'left ring')).searched).toBe(1);
    await enrolHand('bob');
    expect((await search('anna-left-ring', 'left ring')).searched).toBe(2);
    const { samples } = await ask('subjects.get', { subjectId: subject!.id });
    await ask('samples.delete', { sampleId: samples.find(({ finger }) => finger === 'left ring')!.id });
    const after = await search('anna-left-ring', 'left ring');
    expect(after.searched).toBe(1);
    expect((await search('anna-left-index', 'left index')).searched).toBe(2);
  });
});
