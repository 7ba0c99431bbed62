import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PictureCache } from '../contract/engine-port.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, smallRecipe, trainModel, writeFiles } from './test-support/laboratory.ts';

let laboratory: Laboratory;
let pictures: string;
/** What the engine was told of keeping, without repetitions. */
let kept: Set<string>;
beforeEach(async () => {
  laboratory = await openLaboratory();
  pictures = join(laboratory.home, 'pictures');
  kept = new Set();
  laboratory.engines.listen('embed', ({ cache }) => kept.add(words(cache)));
  laboratory.engines.listen('train', ({ caches }) => kept.add(`train ${(caches ?? []).map((folder) => folder && placeOf(folder)).join(' ')}`));
});
afterEach(() => laboratory.leave());

const placeOf = (folder: string): string => folder.replace(`${laboratory.home}/`, '');
const words = (cache: PictureCache | null): string => (cache === null ? 'nothing' : `${cache.embeddings ? 'embeddings' : 'crops'} in ${placeOf(cache.folder)}`);

async function finished({ jobId }: { jobId: string }): Promise<void> {
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
}

describe('what is made of pictures is kept', () => {
  it('with the dataset that they are of, in training, evaluation and protocols', async () => {
    const { ask } = laboratory;
    const { datasetId, modelId } = await trainModel(laboratory);
    expect([...kept]).toEqual([`train crops/${datasetId}`]);
    kept.clear();
    await finished(await ask('evaluations.start', { modelId, datasetId }));
    const file = writeFiles(join(laboratory.home, 'lists'), { 'pairs.csv': 'path_a,path_b,mated\np1/1.png,p1/2.png,1\np2/1.png,p2/2.png,1\np1/1.png,p2/1.png,0\np2/2.png,p3/1.png,0' });
    await finished(await ask('protocols.run', { source: { kind: 'pairs', file: join(file, 'pairs.csv'), images: pictures }, plan: { replicates: 20 } }));
    expect([...kept]).toEqual([`embeddings in crops/${datasetId}`]);
  });

  it('with each dataset of a mixed run, and the crops alone of a sweep', async () => {
    const { ask, home } = laboratory;
    const first = await addPeople(laboratory);
    const path = writeFiles(join(home, 'others'), Object.fromEntries(Array.from({ length: 9 }, (_, who) => [`q${who}/1.png`, `q${who}/2.png`]).flatMap((names, who) => names.map((name, which) => [name, `face q${who} ${which}`]))));
    const { datasetId: second, jobId } = await ask('datasets.add', { name: 'Others', path, split: { seed: 1, train: 0.5, validation: 0.5, test: 0 } });
    await finished({ jobId });
    await finished(await ask('runs.start', { datasetId: first, moreDatasetIds: [second], recipe: smallRecipe(1) }));
    expect([...kept]).toEqual([`train crops/${first} crops/${second}`]);
    kept.clear();
    const recipe = { epochs: 2, batchesPerEpoch: 3, sampler: { name: 'm-per-class', classesPerBatch: 3, samplesPerClass: 2 } };
    await finished(await ask('sweeps.start', { datasetId: first, folder: join(home, 'sweep'), items: ['nca'], recipe, command: 'likeness sweep' }));
    expect([...kept].sort()).toEqual([`crops in crops/${first}`, `train crops/${first}`]);
  });

  it('of a folder where the user says, and of people who are enrolled never', async () => {
    const { ask, home } = laboratory;
    const { datasetId } = await trainModel(laboratory);
    kept.clear();
    const elsewhere = writeFiles(join(home, 'elsewhere'), { 'Ann/1.png': 'face ann 1' });
    const write = (paths: string[], name: string, cache: string | null) => ask('embeddings.write', { paths, file: join(home, name), format: 'csv', cache }).then(finished);
    await write([elsewhere], 'one.csv', null);
    await write([elsewhere], 'two.csv', join(home, 'mine'));
    await write([join(pictures, 'p1')], 'three.csv', null);
    expect([...kept]).toEqual(['nothing', 'embeddings in mine', `embeddings in crops/${datasetId}`]);
    kept.clear();
    await finished(await ask('enrol.folder', { path: pictures }));
    expect([...kept]).toEqual(['nothing']);
  });
});
