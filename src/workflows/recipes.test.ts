import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecipeInput } from '../contract/recipe/recipe.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import { lintRecipe } from './lint-recipe.ts';
import type { Laboratory } from './test-support/laboratory.ts';
import { addPeople, openLaboratory, refusal, writeFiles, writePeople } from './test-support/laboratory.ts';

let laboratory: Laboratory;
beforeEach(async () => (laboratory = await openLaboratory()));
afterEach(() => laboratory.leave());

describe('the presets', () => {
  it('are whole recipes with a citation, and a colleague has nothing to say against their mixture', async () => {
    const presets = await laboratory.ask('recipes.presets', {});
    expect(presets.length).toBeGreaterThan(10);
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    for (const { recipe, citation } of presets) {
      expect(recipeSchema.parse(recipe)).toEqual(recipe);
      expect(citation).toMatch(/\w/);
      expect(lintRecipe(recipe, null).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });
});

describe('a recipe that is checked', () => {
  it('is refused in words, field by field', async () => {
    const written = { loss: { name: 'triplet', margin: -1 }, epochs: 0, colour: 'red' };
    const { recipe, problems } = await laboratory.ask('recipes.check', { recipe: written });
    expect(recipe).toBeNull();
    expect(problems.every(({ severity, message }) => severity === 'error' && message.length > 5)).toBe(true);
    expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(['epochs']));
    expect((await laboratory.ask('recipes.check', { recipe: 'nonsense' })).recipe).toBeNull();
    const guided = { loss: 'triplet', regularizers: [{ name: 'language-guidance', text: { source: { name: 'metadata', template: null } } }] };
    expect((await laboratory.ask('recipes.check', { recipe: guided })).problems).toEqual([{ path: 'regularizers.0.text.source.template', message: 'A value is needed here.', severity: 'error' }]);
  });

  it('sees that the dataset shows something else, and a run of it does not begin', async () => {
    const { ask } = laboratory;
    const { datasetId, jobId } = await ask('datasets.add', { name: 'Prints', modality: 'finger', path: writePeople(join(laboratory.home, 'prints'), 6, 3) });
    await laboratory.finished(jobId);
    const { recipe, problems } = await ask('recipes.check', { recipe: { loss: { name: 'triplet' } }, datasetId });
    expect(problems).toContainEqual({ path: 'modality', severity: 'error', message: 'The recipe is for faces, and the dataset shows fingers. Set the modality to finger, or choose a dataset of faces.' });
    expect((await refusal(ask('runs.start', { datasetId, recipe: recipe! }))).message).toMatch(/the dataset shows fingers/);
    expect((await ask('recipes.check', { recipe: { loss: { name: 'triplet' }, modality: 'finger' }, datasetId })).problems.filter(({ path }) => path === 'modality')).toEqual([]);
  });

  it('says where a graph model is not, before anything begins', async () => {
    const check = async (folder: string): Promise<unknown> => {
      const recipe = { loss: { name: 'triplet' }, backbone: { name: 'graph-model', folder } };
      return (await laboratory.ask('recipes.check', { recipe })).problems.filter(({ path }) => path === 'backbone.folder');
    };
    const folder = writeFiles(join(laboratory.home, 'graph'), { 'model.json': '{}' });
    expect(await check(folder)).toEqual([]);
    expect(await check(join(folder, 'model.json'))).toEqual([]);
    expect(await check(join(folder, 'nowhere'))).toMatchObject([{ severity: 'error', message: expect.stringMatching(/^There is no .*nowhere.model\.json\. Choose the folder/) }]);
    expect(await check('models/facenet')).toMatchObject([{ severity: 'error', message: expect.stringMatching(/not a whole path/) }]);
  });

  it('comes back with its defaults, and with what the dataset makes doubtful', async () => {
    const datasetId = await addPeople(laboratory);
    const written: RecipeInput = { loss: { name: 'multi-similarity' }, backbone: { name: 'resnet-18' }, sampler: { name: 'm-per-class', classesPerBatch: 64, samplesPerClass: 9 } };
    const { recipe, problems } = await laboratory.ask('recipes.check', { recipe: written, datasetId });
    expect(recipe).toMatchObject({ embeddingSize: 128 });
    expect(problems.map(({ path, severity }) => [path, severity])).toEqual([
      ['sampler.classesPerBatch', 'warning'], ['sampler.samplesPerClass', 'warning'], ['backbone', 'warning'],
    ]);
  });
});

const lint = (written: RecipeInput, sizes: number[] | null = null, validationSubjects = 5, datasets = 1) =>
  lintRecipe(recipeSchema.parse(written), sizes && { sizes, validationSubjects, datasets }).map(({ path, severity }) => `${severity} ${path}`);
const healthy = Array.from({ length: 30 }, () => 10);

describe('a careful colleague', () => {
  it.each<[string, RecipeInput, string]>([
    ['a margin wider than the sphere', { loss: { name: 'contrastive', variant: 'code', margin: 2 } }, 'warning loss.margin'],
    ['a triplet margin that invites collapse', { loss: { name: 'triplet', distance: 'cosine', margin: 1 } }, 'warning loss.margin'],
    ['one sample of each class', { loss: { name: 'triplet' }, sampler: { name: 'm-per-class', samplesPerClass: 1 } }, 'error sampler.samplesPerClass'],
    ['one class in a batch', { loss: { name: 'triplet' }, sampler: { name: 'm-per-class', classesPerBatch: 1 } }, 'error sampler.classesPerBatch'],
    ['mining that never comes', { loss: { name: 'triplet' }, epochs: 5, offlineMining: { afterEpochs: 5 } }, 'warning offlineMining.afterEpochs'],
    ['a band that holds nothing', { loss: { name: 'triplet' }, offlineMining: { margin: 0 } }, 'warning offlineMining.margin'],
    ['random batches for a pair loss', { loss: { name: 'contrastive' }, sampler: { name: 'random' } }, 'warning sampler'],
    ['n-pair without its sampler', { loss: { name: 'n-pair' } }, 'warning sampler'],
    ['proxies that hardly move', { loss: { name: 'proxy-anchor' }, optimizer: { name: 'adam', proxyRate: 1 } }, 'warning optimizer.proxyRate'],
    ['an epsilon that damps every step', { loss: { name: 'triplet' }, optimizer: { name: 'adam', epsilon: 1 } }, 'warning optimizer.epsilon'],
    ['a warm-up without an end', { loss: { name: 'triplet' }, epochs: 3, warmUpEpochs: 3 }, 'warning warmUpEpochs'],
    ['patience without effect', { loss: { name: 'triplet' }, epochs: 3, patience: 5 }, 'warning patience'],
    ['direction where it is not defined', { loss: { name: 'contrastive' }, regularizers: [{ name: 'direction' }] }, 'error regularizers.0'],
    ['texts of names', { loss: { name: 'triplet' }, regularizers: [{ name: 'language-guidance', weight: 1, text: { source: { name: 'class-names' } } }] }, 'warning regularizers.0'],
    ['guidance without texts', { loss: { name: 'triplet' }, regularizers: [{ name: 'language-guidance', weight: 1 }] }, 'error regularizers.0'],
    ['direction on the code of ProxyNCA', { loss: { name: 'proxy-nca', variant: 'code' }, regularizers: [{ name: 'direction' }] }, 'error regularizers.0'],
    ['margins that overlap', { loss: { name: 'contrastive', margin: 0.5, positiveMargin: 0.6 } }, 'warning loss.positiveMargin'],
    ['a soft margin on the sphere', { loss: { name: 'triplet', margin: 'soft' } }, 'warning loss.margin'],
    ['a band wider than the margin', { loss: { name: 'triplet', distance: 'euclidean', margin: 0.05 }, miner: { name: 'semi-hard' } }, 'warning miner.margin'],
    ['easy triplets that cost nothing', { loss: { name: 'triplet' }, miner: { name: 'easy' } }, 'warning miner.margin'],
    ['K that shows no other class', { loss: { name: 'proxy-gml', topK: 12 } }, 'error loss.topK'],
    ['unit embeddings for N-pair', { loss: { name: 'n-pair', normalize: true }, sampler: { name: 'n-pair' } }, 'warning loss.normalize'],
    ['a miner for proxies', { loss: { name: 'proxy-anchor' }, miner: { name: 'batch-hard' } }, 'error miner'],
    ['a miner for N-pair', { loss: { name: 'n-pair' }, miner: { name: 'batch-hard' } }, 'error miner'],
    ['a memory for proxies', { loss: { name: 'arcface' }, memory: {} }, 'error memory'],
    ['a memory beside direction', { loss: { name: 'triplet' }, memory: {}, regularizers: [{ name: 'direction' }] }, 'error memory'],
    ['a proxy rate that needs a large epsilon', { loss: { name: 'proxy-nca-plus-plus' }, optimizer: { name: 'adam', learningRate: 4e-3, proxyRate: 1e5 } }, 'warning optimizer.proxyRate'],
    ['an epsilon that holds the proxies still', { loss: { name: 'proxy-gml' }, optimizer: { name: 'adam', learningRate: 1e-4, proxyRate: 10, epsilon: 1 } }, 'warning optimizer.epsilon'],
    ['frozen statistics of a new network', { loss: { name: 'triplet' }, freezeBatchNorm: true }, 'warning freezeBatchNorm'],
  ])('notices %s', (_, written, problem) => expect(lint(written)).toContain(problem));

  it.each<[string, number[], number, RecipeInput, string]>([
    ['nobody to tell apart', [9], 5, { loss: { name: 'triplet' } }, 'error '],
    ['single images only', [1, 1, 1], 5, { loss: { name: 'triplet' } }, 'error '],
    ['a batch larger than the set', [5, 5], 5, { loss: { name: 'proxy-anchor' }, sampler: { name: 'random', batchSize: 64 } }, 'warning sampler.batchSize'],
    ['a ratio that shows no other class', healthy.slice(0, 20), 5, { loss: { name: 'proxy-gml' } }, 'warning loss.ratio'],
    ['nothing to stop by', healthy, 1, { loss: { name: 'triplet' }, patience: 2 }, 'warning patience'],
    ['nothing to slow down by', healthy, 0, { loss: { name: 'triplet' }, schedule: { name: 'plateau' } }, 'warning schedule'],
  ])('notices in the data %s', (_, sizes, validation, written, problem) => expect(lint(written, sizes, validation)).toContain(problem));

  it('misses the column that tells the branches apart', () => {
    const recipe = recipeSchema.parse({ loss: { name: 'triplet' }, sampler: { name: 'two-branch', column: 'sensor' } });
    const found = (known: { columns?: string[] }) => lintRecipe(recipe, { sizes: Array<number>(20).fill(8), validationSubjects: 9, ...known }).filter(({ path }) => path === 'sampler.column');
    expect(found({ columns: ['pose'] })).toEqual([{ path: 'sampler.column', message: 'The dataset has no column "sensor"; it has pose.', severity: 'error' }]);
    expect([...found({ columns: ['pose', 'sensor'] }), ...found({})]).toEqual([]);
  });

  it('notices a batch without room for every dataset', () => {
    expect(lint({ loss: { name: 'n-pair' }, sampler: { name: 'n-pair', classesPerBatch: 2 } }, healthy, 5, 3)).toContain('error sampler.classesPerBatch');
    expect(lint({ loss: { name: 'triplet' } }, healthy, 5, 3)).toEqual([]);
  });

  it.each<[string, RecipeInput]>([
    ['ProxyNCA++: proxies at 4e2 with epsilon 1', { loss: { name: 'proxy-nca-plus-plus' }, optimizer: { name: 'adam', learningRate: 4e-3, proxyRate: 1e5, epsilon: 1 } }],
    ['ProxyGML: proxies at 3e-2 with epsilon 1e-2', { loss: { name: 'proxy-gml' }, optimizer: { name: 'adam', learningRate: 1e-4, proxyRate: 300, epsilon: 1e-2 } }],
    ['Proxy-Anchor: 100 times the learning rate', { loss: { name: 'proxy-anchor' }, optimizer: { name: 'adamw', learningRate: 1e-4, proxyRate: 100 } }],
    ['ProxyGML with K one above N', { loss: { name: 'proxy-gml', topK: 13 } }],
    ['FaceNet: a semi-hard band as wide as the margin', { loss: { name: 'triplet' }, miner: { name: 'semi-hard', margin: 0.2 } }],
    ['regularisers of weight 0', { loss: { name: 'contrastive' }, regularizers: [{ name: 'direction', weight: 0 }, { name: 'language-guidance' }] }],
  ])('has nothing to say against %s', (_, written) => expect(lint(written)).toEqual([]));

  it('has nothing to say against the defaults on a healthy set', () => {
    for (const name of ['triplet', 'contrastive', 'multi-similarity', 'proxy-anchor'] as const) expect(lint({ loss: { name } }, healthy)).toEqual([]);
  });
});
