import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { DatasetCard, DatasetFindings } from '../contract/requests/datasets.ts';
import {
  countParts, countSubjectsOfPart, listDatasetSubjects, listSubjectSamples, setSubjectPart,
} from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { findDataset, insertDataset, listDatasets, removeDataset, setDatasetSplit } from '../store/datasets.ts';
import type { Database } from '../store/statement.ts';
import { transaction } from '../store/statement.ts';
import { locateDataset } from './dataset-layout.ts';
import { newIdentifier } from './identifiers.ts';
import { importDataset } from './import-dataset.ts';
import { removeCacheOfDataset } from './picture-cache.ts';
import { splitByIdentity } from './split-by-identity.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type DatasetHandlers = Pick<
  Handlers,
  'datasets.list' | 'datasets.get' | 'datasets.subjects' | 'datasets.add' | 'datasets.resplit' | 'datasets.remove'
>;

export function datasetHandlers(workbench: Workbench): DatasetHandlers {
  const { database } = workbench.store;
  return {
    'datasets.list': () => listDatasets(database).map((dataset) => datasetCard(database, dataset)),
    'datasets.get': ({ datasetId }) => datasetCard(database, knownDataset(database, datasetId)),
    'datasets.subjects': (page) => {
      knownDataset(database, page.datasetId);
      return {
        total: countParts(database, page.datasetId)
          .filter(({ part }) => page.part === null || part === page.part)
          .reduce((sum, { subjects }) => sum + subjects, 0),
        subjects: listDatasetSubjects(database, page).map(({ subject, part }) => ({
          name: subject,
          part,
          images: listSubjectSamples(database, page.datasetId, subject).map(({ id, path }) => ({ imageId: id, path })),
        })),
      };
    },
    'datasets.add': async ({ name, modality, path, layout, split }) => {
      const place = await locateDataset(path, layout);
      await makeRoomFor(workbench, { name, path: place.path });
      const dataset: DatasetRecord = {
        ...emptyDataset(), id: newIdentifier('dataset'), name, modality, split, ...place, createdAt: Date.now(),
      };
      insertDataset(database, dataset);
      const job = workbench.jobs.start({
        kind: 'dataset', title: `Add dataset ${name}`, subjectId: dataset.id, unit: 'images', isBatch: false,
        work: (running) => importDataset(workbench, dataset, running),
      });
      announce(workbench, 'datasets', 'desk');
      return { datasetId: dataset.id, jobId: job.id };
    },
    'datasets.resplit': ({ datasetId, split }) => {
      const dataset = knownDataset(database, datasetId);
      if (dataset.state === 'importing') throw new RequestError('conflict', `${dataset.name} is still being read; split it afterwards.`);
      const parts = splitByIdentity(countSubjectsOfPart(database, datasetId, null), split);
      transaction(database, () => {
        for (const [subject, part] of parts) setSubjectPart(database, { datasetId, subject, part });
        setDatasetSplit(database, datasetId, split);
      });
      announce(workbench, 'datasets');
      return datasetCard(database, knownDataset(database, datasetId));
    },
    'datasets.remove': async ({ datasetId }) => {
      const dataset = knownDataset(database, datasetId);
      if (dataset.state === 'importing') {
        throw new RequestError('conflict', `${dataset.name} is still being read; cancel its job first.`);
      }
      removeDataset(database, datasetId);
      await removeCacheOfDataset(workbench.home, datasetId);
      announce(workbench, 'datasets', 'runs', 'desk');
      return { removed: true };
    },
  };
}

/**
 * Two datasets of one name could not be told apart. One that could not be read gives way to another try.
 *
 * @throws RequestError('conflict') where the name is taken.
 */
async function makeRoomFor({ home, store: { database } }: Workbench, { name, path }: Pick<DatasetRecord, 'name' | 'path'>): Promise<void> {
  for (const namesake of listDatasets(database).filter((dataset) => dataset.name.toLowerCase() === name.toLowerCase())) {
    if (namesake.state !== 'failed') {
      throw new RequestError('conflict', namesake.path === path
        ? `${path} is a dataset here already, called "${namesake.name}". Use that one, or add the folder under another name to split it otherwise.`
        : `A dataset called "${namesake.name}" is here already, from ${namesake.path}. Give this one another name.`);
    }
    removeDataset(database, namesake.id);
    await removeCacheOfDataset(home, namesake.id);
  }
}

/** @throws RequestError('not-found') */
export function knownDataset(database: Database, id: string): DatasetRecord {
  const dataset = findDataset(database, id);
  if (dataset === undefined) throw new RequestError('not-found', 'This dataset is not known (any more). Look at the list of datasets.');
  return dataset;
}

/** @throws RequestError('conflict') while the dataset cannot be used. */
export function readyDataset(database: Database, id: string): DatasetRecord {
  const dataset = knownDataset(database, id);
  if (dataset.state === 'importing') throw new RequestError('conflict', `${dataset.name} is still being read. Wait until its job is done.`);
  if (dataset.state === 'failed') throw new RequestError('conflict', `${dataset.name} could not be read. Remove it and add it again.`);
  return dataset;
}

export function datasetCard(database: Database, dataset: DatasetRecord): DatasetCard {
  const none = { subjects: 0, images: 0 };
  const parts = { train: none, validation: none, test: none };
  for (const { part, subjects, images } of countParts(database, dataset.id)) parts[part] = { subjects, images };
  const all = Object.values(parts);
  return {
    ...dataset,
    subjects: all.reduce((sum, { subjects }) => sum + subjects, 0),
    images: all.reduce((sum, { images }) => sum + images, 0),
    parts,
  };
}

export const noFindings: DatasetFindings = { unreadable: [], duplicates: [], suspectedCopies: [], emptyFolders: [], singletons: [], skippedFiles: 0 };

export function emptyDataset(): Pick<DatasetRecord, 'state' | 'columns' | 'findings' | 'isDemo' | 'credit'> {
  return { state: 'importing', columns: [], findings: noFindings, isDemo: false, credit: null };
}
