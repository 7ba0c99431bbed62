import { RequestError } from '../contract/request-error.ts';
import type { DatasetFindings } from '../contract/requests/datasets.ts';
import { insertDatasetSample, removeDatasetSamples } from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { setDatasetReady, setDatasetState } from '../store/datasets.ts';
import { transaction } from '../store/statement.ts';
import { checkImages, dropDuplicates } from './check-images.ts';
import type { ReadableImage } from './check-images.ts';
import { findSuspectedCopies } from './copies/find-suspected-copies.ts';
import { counted } from './counted.ts';
import type { DatasetPlace } from './dataset-layout.ts';
import { rootOf, scanDataset } from './dataset-layout.ts';
import { newIdentifier } from './identifiers.ts';
import type { RunningJob } from './jobs.ts';
import { splitByIdentity } from './split-by-identity.ts';
import type { CountedSubject } from './split-by-identity.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

/**
 * Reads a dataset in: scans its folders, opens every picture, keeps the first of each, names what looks like a copy, splits by identity. Pictures and
 * folders that are no good are findings, never the end of it.
 *
 * @returns the closing sentence.
 * @throws RequestError('bad-dataset') when not one picture can be used.
 */
export async function importDataset(workbench: Workbench, dataset: DatasetRecord, job: RunningJob): Promise<string> {
  try {
    const place: DatasetPlace = { layout: dataset.layout === 'auto' ? 'folders' : dataset.layout, path: dataset.path };
    job.progress({ message: 'Looking through the folders.' });
    const scan = await scanDataset(place);
    for (const { text, example } of scan.notes) job.log(`${text} (for example ${example}).`);
    const { readable, unreadable } = await checkImages(workbench, { root: rootOf(place), images: scan.images }, job);
    const { kept, duplicates } = dropDuplicates(readable);
    if (kept.length === 0) throw new RequestError('bad-dataset', nothingUsable(dataset.path, scan.images.length));
    const subjects = countImages(kept);
    const findings: DatasetFindings = {
      unreadable: [...scan.unreadable, ...unreadable],
      duplicates,
      suspectedCopies: await findSuspectedCopies(kept, job),
      emptyFolders: scan.emptyFolders,
      singletons: subjects.filter(({ images }) => images === 1).map(({ subject }) => subject),
      skippedFiles: scan.skippedFiles,
    };
    keep(workbench, { dataset, kept, subjects, imported: { id: dataset.id, layout: place.layout, columns: scan.columns, findings } });
    for (const { path, reason } of findings.unreadable) job.log(`${path}: ${reason}`);
    return summary(kept.length, subjects.length, findings);
  } catch (error) {
    setDatasetState(workbench.store.database, dataset.id, 'failed');
    throw error;
  } finally {
    announce(workbench, 'datasets', 'desk');
  }
}

interface Kept {
  dataset: DatasetRecord;
  kept: ReadableImage[];
  subjects: CountedSubject[];
  imported: Parameters<typeof setDatasetReady>[1];
}

function keep({ store: { database } }: Workbench, { dataset, kept, subjects, imported }: Kept): void {
  const parts = splitByIdentity(subjects, dataset.split);
  transaction(database, () => {
    removeDatasetSamples(database, dataset.id);
    for (const [position, { path, subject, metadata, sha256, pixelHash, width, height }] of kept.entries()) {
      insertDatasetSample(database, {
        id: newIdentifier('picture'), datasetId: dataset.id, position, path, subject, part: parts.get(subject)!, sha256, pixelHash,
        width, height, metadata,
      });
    }
    setDatasetReady(database, imported);
  });
}

function countImages(images: readonly ReadableImage[]): CountedSubject[] {
  const counts = new Map<string, number>();
  for (const { subject } of images) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return [...counts].map(([subject, count]) => ({ subject, images: count }));
}

function nothingUsable(path: string, found: number): string {
  const what = found === 0 ? 'no pictures in subject folders were found there' : `not one of ${counted(found, 'picture')} can be read`;
  return `${path} gives no dataset: ${what}. A dataset is a folder for each person, the ORL layout, or a CSV manifest.`;
}

function summary(images: number, subjects: number, findings: DatasetFindings): string {
  const asides = [
    [findings.unreadable.length, 'unreadable', 'unreadable'],
    [findings.duplicates.length, 'duplicate left out', 'duplicates left out'],
    [findings.suspectedCopies?.length ?? 0, 'picture looks like a copy of another', 'pictures look like copies of others'],
    [findings.emptyFolders.length, 'empty folder', 'empty folders'],
    [findings.singletons.length, 'subject with a single image', 'subjects with a single image'],
    [findings.skippedFiles, 'other file skipped', 'other files skipped'],
  ] as const;
  const told = asides.filter(([count]) => count > 0).map(([count, one, several]) => counted(count, one, several));
  return `${counted(images, 'image')} of ${counted(subjects, 'subject')}${told.length > 0 ? `; ${told.join(', ')}` : ''}.`;
}
