import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Laboratory } from './test-support/laboratory.ts';
import { openLaboratory, putFace, refusal, trainModel } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => {
  laboratory = await openLaboratory();
  await trainModel(laboratory);
});
afterEach(() => laboratory.leave());

const enrol = async (name: string, which: string, several: 'one' | 'largest' | null = null) =>
  laboratory.ask('enrol.images', { subject: { name }, imageIds: [await putFace(laboratory, name, which)], several });

describe('the policy of a lab', () => {
  it('asks for nothing but one face at first, and is kept', async () => {
    const { ask } = laboratory;
    expect(await ask('policy.get', {})).toEqual({ minimumQuality: 0, several: { enrol: 'one', verify: 'one', identify: 'one' } });
    await ask('policy.set', { minimumQuality: 40, several: { identify: 'all' } });
    laboratory = await laboratory.reopen();
    expect(await laboratory.ask('policy.get', {})).toEqual({ minimumQuality: 40, several: { enrol: 'one', verify: 'one', identify: 'all' } });
  });

  it('keeps poor samples out of the gallery, with the reasons, and the quality of those that are let in', async () => {
    const { ask } = laboratory;
    await ask('policy.set', { minimumQuality: 40 });
    const poor = await enrol('anna', '1 q34');
    expect(poor.subject).toBeNull();
    expect(poor.outcomes).toMatchObject([{ accepted: false, quality: { score: 34 }, reason: 'Its quality is 34 of 100, and at least 40 is required here (blurred: hold still).' }]);
    const good = await enrol('anna', '2 q40');
    expect(good.outcomes).toMatchObject([{ accepted: true, quality: { score: 40 } }]);
    expect((await ask('subjects.get', { subjectId: good.subject!.id })).samples).toMatchObject([{ quality: { score: 40, reasons: ['blurred: hold still'] } }]);
  });

  it('knows no quality where no pipeline judged', async () => {
    await laboratory.ask('policy.set', { minimumQuality: 100 });
    expect((await enrol('anna', '1')).outcomes).toMatchObject([{ accepted: true, quality: null }]);
  });
});

describe('several faces in a picture', () => {
  it('are refused at enrolment with their number, unless the largest is asked for', async () => {
    expect((await enrol('anna', '1 seen3')).outcomes).toMatchObject([{ accepted: false, reason: '3 faces were found in it, and one is required' }]);
    expect((await enrol('anna', '1 seen3', 'largest')).outcomes).toMatchObject([{ accepted: true }]);
    await laboratory.ask('policy.set', { several: { enrol: 'largest' } });
    expect((await enrol('anna', '2 seen3')).outcomes).toMatchObject([{ accepted: true }]);
  });

  it('are each searched for when all are asked for', async () => {
    const { ask } = laboratory;
    await enrol('anna', '1');
    await enrol('other-1', '1');
    const probe = await putFace(laboratory, 'anna', '9 seen2 q70');
    expect(await refusal(ask('identify.search', { probe }))).toMatchObject({ code: 'bad-image', message: 'anna-9 seen2 q70.png cannot be compared: 2 faces were found in it, and one is required' });
    const found = await ask('identify.search', { probe, several: 'all' });
    expect(found.probes.map(({ label, seen, quality, candidates }) => [label, seen, quality?.score, candidates[0]!.name])).toEqual([['face 1', 2, 70, 'anna'], ['face 2', 2, 70, 'other-1']]);
    expect(found.candidates).toEqual(found.probes[0]!.candidates);
    const { subjects } = await ask('subjects.list', { search: 'anna' });
    const verified = await ask('verify.compare', { probe, reference: { subjectId: subjects[0]!.id }, several: 'largest' });
    expect(verified.probe).toMatchObject({ seen: 2, quality: { score: 70 } });
  });
});
