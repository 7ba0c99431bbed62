import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Recipe } from '../contract/recipe/recipe.ts';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import type { Sampler } from '../contract/recipe/training.ts';
import { RequestError } from '../contract/request-error.ts';
import type { ParsedInput } from '../contract/requests.ts';
import { describeIssues } from '../contract/wire/describe-issues.ts';
import type { Part } from '../contract/vocabulary.ts';
import { listDatasetSamples } from '../store/dataset-samples.ts';
import type { DatasetSample } from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import type { Database } from '../store/statement.ts';
import { rootOf } from './dataset-layout.ts';
import { lintRecipe } from './lint-recipe.ts';
import { hasBothKinds } from './scoring.ts';
import type { SweepItem } from './sweep-items.ts';
import { sweepItems } from './sweep-items.ts';
import type { SweepManifest } from './sweep-manifest.ts';

export type SweepOrder = ParsedInput<'sweeps.start'>;

/** One training, or one baseline, of a sweep. */
export interface PlannedRun {
  /** Names its file and folder: "proxy-anchor.seed-2". */
  key: string;
  item: string;
  kind: 'loss' | 'untrained' | 'raw-pixels';
  seed: number;
  recipe: Recipe;
}

export interface SweepPlan {
  manifest: SweepManifest;
  runs: PlannedRun[];
  /** Pictures with whole paths, by part. */
  samples: Record<Part, DatasetSample[]>;
  /** What a careful colleague would say about these recipes. */
  remarks: string[];
}

/**
 * All runs: the baselines, then the losses seed by seed, so that a sweep that is stopped early has compared every loss on the
 * seeds that it finished.
 */
export function runKeys(items: readonly string[], seeds: readonly number[]): Omit<PlannedRun, 'recipe'>[] {
  const seeded = (item: string, kind: PlannedRun['kind'], seed: number): Omit<PlannedRun, 'recipe'> => ({ key: `${item}.seed-${seed}`, item, kind, seed });
  return [
    { key: 'raw-pixels', item: 'raw-pixels', kind: 'raw-pixels', seed: seeds[0]! },
    ...seeds.map((seed) => seeded('untrained', 'untrained', seed)),
    ...seeds.flatMap((seed) => items.map((item) => seeded(item, 'loss', seed))),
  ];
}

/** Resamples of the test subjects, drawn alike for every run. */
const replicates = 1000;

/**
 * Everything that a sweep will do, settled before the first step: the same people, the same batches of as many pictures, the
 * same network, optimiser and epochs for every loss.
 *
 * @throws RequestError where a recipe is not valid, or the dataset cannot support the comparison.
 */
export function planSweep(database: Database, { order, dataset, versions }: { order: SweepOrder; dataset: DatasetRecord; versions: Record<string, string> }): SweepPlan {
  const samples = samplesOf(database, dataset, order.leastImages);
  checkParts(dataset, samples);
  const items = sweepItems(order.items);
  const recipes = items.map((item) => recipeOf(item, { written: order.recipe, modality: dataset.modality, images: samples.train.length }));
  const remarks = lintAll(items, recipes, samples);
  const seeded = (recipe: Recipe, seed: number): Recipe => ({ ...recipe, seed });
  const recipeFor = new Map(items.map(({ key }, index) => [key, recipes[index]!]));
  const runs = runKeys(items.map(({ key }) => key), order.seeds).map((run): PlannedRun => ({ ...run, recipe: seeded(recipeFor.get(run.item) ?? recipes[0]!, run.seed) }));
  const manifest: SweepManifest = {
    format: 'likeness-sweep-1',
    dataset: { name: dataset.name, modality: dataset.modality, sha256: hashOf(samples), split: dataset.split, leastImages: order.leastImages, parts: partCounts(samples) },
    seeds: order.seeds,
    items: items.map(({ key, title, survey, setting }, index) => ({ key, title, survey, setting, recipe: recipes[index]! })),
    recipesSha256: sha256(JSON.stringify(recipes)),
    replicates,
    versions,
  };
  return { manifest, runs, samples, remarks };
}

type Samples = SweepPlan['samples'];

function samplesOf(database: Database, dataset: DatasetRecord, leastImages: number): Samples {
  const all = listDatasetSamples(database, dataset.id);
  const counts = new Map<string, number>();
  for (const { subject } of all) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const root = rootOf(dataset);
  const kept = all.filter(({ subject }) => counts.get(subject)! >= leastImages).map((sample) => ({ ...sample, path: resolve(root, sample.path) }));
  const of = (part: Part): DatasetSample[] => kept.filter((sample) => sample.part === part);
  return { train: of('train'), validation: of('validation'), test: of('test') };
}

function checkParts({ name }: DatasetRecord, samples: Samples): void {
  for (const part of ['train', 'validation', 'test'] as const) {
    const numbers = new Map<string, number>();
    for (const { subject } of samples[part]) if (!numbers.has(subject)) numbers.set(subject, numbers.size);
    if (hasBothKinds(Int32Array.from(samples[part], ({ subject }) => numbers.get(subject)!))) continue;
    const why = { train: 'there is nothing to learn from', validation: 'no epoch can be chosen', test: 'there is nothing to compare the losses on' }[part];
    throw new RequestError('too-little-data', `The ${part} part of ${name} needs two people, one of them with two pictures; without them ${why}. Change the split, or take people with fewer pictures too.`);
  }
}

interface Shared {
  written: Record<string, unknown>;
  modality: DatasetRecord['modality'];
  images: number;
}

/** The shared recipe with one item's loss. Every item sees as many batches of as many pictures. @throws RequestError */
function recipeOf(item: SweepItem, { written, modality, images }: Shared): Recipe {
  for (const key of ['loss', 'regularizers', 'miner', 'memory']) {
    if (key in written) throw new RequestError('bad-recipe', `The recipe of a sweep is what all losses share: leave "${key}" out, the sweep fills it in.`);
  }
  const parsed = recipeSchema.safeParse({ modality, ...written, name: item.key, loss: item.loss, regularizers: item.regularizers });
  if (!parsed.success) throw new RequestError('bad-recipe', `The recipe of ${item.key} cannot be used: ${describeIssues(parsed.error.issues)}`);
  const batch = batchOf(parsed.data.sampler);
  const sampler: Sampler = item.isInPairs ? { name: 'n-pair', classesPerBatch: Math.max(2, Math.floor(batch / 2)) } : parsed.data.sampler;
  return { ...parsed.data, sampler, batchesPerEpoch: parsed.data.batchesPerEpoch ?? Math.max(1, Math.ceil(images / batch)) };
}

/** Pictures in a batch. */
export function batchOf(sampler: Sampler): number {
  if (sampler.name === 'n-pair') return 2 * sampler.classesPerBatch;
  if (sampler.name === 'two-branch') return 2 * sampler.classesPerBatch * sampler.samplesPerBranch;
  if ('batchSize' in sampler) return sampler.batchSize;
  return sampler.classesPerBatch * sampler.samplesPerClass;
}

function lintAll(items: readonly SweepItem[], recipes: readonly Recipe[], { train, validation }: Samples): string[] {
  const counts = new Map<string, number>();
  for (const { subject } of train) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const trainingSet = { sizes: [...counts.values()], validationSubjects: new Set(validation.map(({ subject }) => subject)).size };
  const remarks = new Map<string, string[]>();
  for (const [index, { key }] of items.entries()) {
    for (const { severity, message } of lintRecipe(recipes[index]!, trainingSet)) {
      if (severity === 'error') throw new RequestError('bad-recipe', `The recipe of ${key} cannot be used: ${message}`);
      remarks.set(message, [...(remarks.get(message) ?? []), key]);
    }
  }
  return [...remarks].map(([message, keys]) => `${keys.length === items.length ? 'All' : keys.join(', ')}: ${message}`);
}

function partCounts(samples: Samples): SweepManifest['dataset']['parts'] {
  const count = (part: Part): { subjects: number; images: number } =>
    ({ subjects: new Set(samples[part].map(({ subject }) => subject)).size, images: samples[part].length });
  return { train: count('train'), validation: count('validation'), test: count('test') };
}

/** Of who is in which part, and of every pixel; where the files lie does not matter. */
function hashOf(samples: Samples): string {
  const lines = Object.entries(samples).flatMap(([part, list]) => list.map(({ subject, pixelHash }) => `${part}\t${subject}\t${pixelHash}`));
  return sha256(lines.join('\n'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
