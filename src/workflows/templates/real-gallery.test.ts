import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoreTransform } from '../../contract/requests/cancelable.ts';
import { cosineSimilarity } from '../../evaluation/cosine-similarity.ts';
import { forkEngine } from '../fork-engine.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory } from '../test-support/laboratory.ts';

const resources = join(import.meta.dirname, '..', '..', '..', 'resources');
/** The demo enrols the first five pictures of each of its ten test people. */
const probe = '06.png';

let laboratory: Laboratory;
let people: { id: string; name: string }[];
let modelId: string;
/** The demo's people through the real engine, with the default face model where it was fetched, else with the demo's own. */
beforeAll(async () => {
  laboratory = await openLaboratory({ resources, spawnEngine: () => forkEngine(join(resources, '..', 'src', 'engine', 'index.ts')) });
  for (const { id } of await laboratory.ask('jobs.list', {})) expect(await laboratory.finished(id)).toMatchObject({ state: 'done' });
  modelId = (await laboratory.ask('models.list', {})).find(({ inUse }) => inUse)!.id;
  await chooseUnder('none');
  people = (await laboratory.ask('subjects.list', { limit: 100 })).subjects;
}, 240_000);
afterAll(() => laboratory.leave());

async function change(job: Promise<{ jobId: string }>): Promise<void> {
  const { jobId } = await job;
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
}

async function shares(transform: ScoreTransform): Promise<{ mated: number; nonMated: number; scores: number[] }> {
  const counts = { mated: 0, nonMated: 0 };
  const scores: number[] = [];
  for (const [index, { id, name }] of people.entries()) {
    const { imageId } = await laboratory.ask('images.put', { fileName: probe, bytes: new Uint8Array(readFileSync(join(resources, 'demo', 'faces', name.toLowerCase().replace(' ', '-'), probe))) });
    for (const [kind, subjectId] of [['mated', id], ['nonMated', people[(index + 1) % people.length]!.id]] as const) {
      const { isMatch, score, threshold } = await laboratory.ask('verify.compare', { probe: imageId, reference: { subjectId } });
      expect(threshold).toMatchObject({ transform });
      scores.push(score);
      if (isMatch === true) counts[kind]++;
    }
  }
  return { mated: counts.mated / people.length, nonMated: counts.nonMated / people.length, scores };
}

/** What the store holds of everybody, as it is exported. */
async function heldTemplates(): Promise<Map<string, Float32Array>> {
  const held = new Map<string, Float32Array>();
  for (const { id } of people) {
    const { folder } = await laboratory.ask('subjects.export', { subjectId: id, folder: null });
    const { templates } = JSON.parse(readFileSync(join(folder, 'person.json'), 'utf8')) as { templates: { sampleId: string; model: { id: string }; vector: number[] }[] };
    for (const { sampleId, vector, model } of templates) if (model.id === modelId) held.set(sampleId, Float32Array.from(vector));
  }
  return held;
}

/** Of the new templates, how many an old one of the very same sample would match. */
function matchedByOld(old: Map<string, Float32Array>, fresh: Map<string, Float32Array>, threshold: number): number {
  expect([...fresh.keys()].sort()).toEqual([...old.keys()].sort());
  return [...fresh].filter(([sampleId, vector]) => cosineSimilarity(vector, old.get(sampleId)!) >= threshold).length;
}

async function chooseUnder(transform: ScoreTransform): Promise<void> {
  const { ask, finished } = laboratory;
  const [dataset] = await ask('datasets.list', {});
  const { evaluationId, jobId } = await ask('evaluations.start', { modelId, datasetId: dataset!.id, transform });
  expect(await finished(jobId)).toMatchObject({ state: 'done' });
  const target = (await ask('evaluations.get', { evaluationId })).thresholds.filter(({ threshold }) => threshold !== null).at(-1)!.target;
  await ask('thresholds.choose', { evaluationId, targetFmr: target });
}

describe('the demo\'s people, protected', () => {
  it('match as before under a rotation; issued anew, no old template matches its own sample', async () => {
    const { ask } = laboratory;
    const before = await shares('none');
    expect(before.mated).toBeGreaterThan(0.6);
    expect(before.nonMated).toBeLessThan(0.2);
    await change(ask('cancelable.protect', { transform: 'random-orthogonal' }));
    const after = await shares('none');
    for (const [index, score] of after.scores.entries()) expect(score).toBeCloseTo(before.scores[index]!, 5);
    const old = await heldTemplates();
    expect(old.size).toBeGreaterThan(40);
    await change(ask('cancelable.reissue', {}));
    const { threshold } = (await ask('thresholds.get', {}))!;
    expect(matchedByOld(old, old, threshold)).toBe(old.size);
    expect(matchedByOld(old, await heldTemplates(), threshold)).toBe(0);
    expect(await shares('none')).toMatchObject({ mated: before.mated, nonMated: before.nonMated });
  }, 120_000);

  it('match under BioHashing at a threshold of its own; issued anew, no old template matches its own sample', async () => {
    const transform = 'bio-hash';
    const { ask } = laboratory;
    await change(ask('cancelable.protect', { transform }));
    expect(await ask('thresholds.get', {})).toBeNull();
    await chooseUnder(transform);
    const before = await shares(transform);
    expect(before.mated).toBeGreaterThan(0.5);
    expect(before.nonMated).toBeLessThan(0.2);
    const old = await heldTemplates();
    await change(ask('cancelable.reissue', {}));
    const { threshold } = (await ask('thresholds.get', {}))!;
    expect(matchedByOld(old, await heldTemplates(), threshold)).toBe(0);
    const after = await shares(transform);
    expect(after.mated).toBeGreaterThan(0.5);
    expect(after.nonMated).toBeLessThan(0.2);
  }, 120_000);
});
