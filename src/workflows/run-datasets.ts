import { resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { DatasetSample } from '../store/dataset-samples.ts';
import { listDatasetSamples } from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import type { RunSample } from '../store/runs.ts';
import type { Database } from '../store/statement.ts';
import { counted } from './counted.ts';
import { rootOf } from './dataset-layout.ts';
import { readyDataset } from './datasets.ts';

export interface ChosenDatasets {
  datasetId: string;
  moreDatasetIds: readonly string[];
}

/** The datasets that a run is to learn from, the main one first. @throws RequestError('not-found' | 'conflict' | 'bad-dataset') */
export function chosenDatasets(database: Database, { datasetId, moreDatasetIds }: ChosenDatasets): DatasetRecord[] {
  const datasets = [datasetId, ...moreDatasetIds].map((id) => readyDataset(database, id));
  const [first] = datasets as [DatasetRecord];
  for (const [index, { id, name, modality }] of datasets.entries()) {
    if (datasets.findIndex((one) => one.id === id) < index) throw new RequestError('bad-dataset', `${name} is named twice. Name each dataset once.`);
    if (modality !== first.modality) {
      throw new RequestError('bad-dataset', `${first.name} shows ${first.modality}s and ${name} ${modality}s: one network cannot learn both at once. Train a model for each.`);
    }
  }
  return datasets;
}

/**
 * The pictures of a run: each dataset in its own split, without its test part. Identities of different datasets are different
 * people, also where they have the same name; such names get the dataset's in brackets.
 *
 * @throws RequestError('bad-dataset') when two of the datasets hold the same picture: its person would be two people, or be
 *   learnt from and validated on.
 */
export function samplesOfRun(database: Database, { runId, datasets }: { runId: string; datasets: readonly DatasetRecord[] }): RunSample[] {
  const seen = datasets.map(({ id }) => listDatasetSamples(database, id).filter(({ part }) => part !== 'test'));
  refuseSharedPictures(datasets, seen);
  const names = datasetNames(datasets);
  const isShared = sharedSubjects(seen);
  const samples: RunSample[] = [];
  for (const [dataset, record] of datasets.entries()) {
    const root = rootOf(record);
    for (const { path, subject, part, pixelHash, metadata } of seen[dataset]!) {
      if (part === 'test') continue;
      const name = isShared.has(subject) ? `${subject} (${names[dataset]!})` : subject;
      samples.push({ runId, position: samples.length, path: resolve(root, path), subject: name, part, pixelHash, metadata, dataset });
    }
  }
  return samples;
}

/** "ORL", or "ORL 2" where several datasets are called so. */
function datasetNames(datasets: readonly DatasetRecord[]): string[] {
  return datasets.map(({ name }, index) => (datasets.filter((other) => other.name === name).length > 1 ? `${name} ${index + 1}` : name));
}

/** Names of subjects that more than one dataset has. */
function sharedSubjects(seen: readonly DatasetSample[][]): Set<string> {
  const once = new Set<string>();
  const shared = new Set<string>();
  for (const samples of seen) {
    for (const subject of new Set(samples.map((sample) => sample.subject))) (once.has(subject) ? shared : once).add(subject);
  }
  return shared;
}

function refuseSharedPictures(datasets: readonly DatasetRecord[], seen: readonly DatasetSample[][]): void {
  const owners = new Map<string, { dataset: number; path: string }>();
  for (const [dataset, samples] of seen.entries()) {
    const doubles = samples.flatMap((sample) => {
      const owner = owners.get(sample.pixelHash);
      return owner === undefined ? [] : [{ ...owner, other: sample.path }];
    });
    const [first] = doubles;
    if (first) {
      throw new RequestError('bad-dataset',
        `${counted(doubles.length, 'picture')} of ${datasets[dataset]!.name} ${doubles.length === 1 ? 'is' : 'are'} also in ${datasets[first.dataset]!.name} ` +
        `(${first.other} is ${first.path}): the same person would count as two. Take one of the two datasets away, or remove the doubles from it.`);
    }
    for (const { pixelHash, path } of samples) owners.set(pixelHash, { dataset, path });
  }
}
