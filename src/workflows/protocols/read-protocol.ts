import { readFile, readdir } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import type { ProtocolSource } from '../../contract/requests/protocols.ts';
import { inNaturalOrder, looksLikeImage } from '../dataset-scan.ts';
import { utf8Decoder } from '../utf8-text.ts';
import type { ComparisonList, Prescription } from './comparison-list.ts';
import { comparisonList, prescribed } from './comparison-list.ts';
import { amongThemselves } from './crossed.ts';
import { fvcPairs } from './fvc-pairs.ts';
import { lfwPairs } from './lfw-pairs.ts';
import { galleryPairs, ownPairs, templateSetPairs } from './own-pairs.ts';
import { fourFingerPairs, setPairs, singleFingerPairs } from './ridgebase-pairs.ts';
import { readRidgeBaseSets } from './ridgebase-sets.ts';

/** @throws RequestError bad-dataset, with the file and the line. */
export async function readProtocol(source: ProtocolSource): Promise<ComparisonList> {
  const where = 'file' in source && source.file !== null ? source.file : source.images;
  const names = expectedNames[source.kind];
  return comparisonList(await prescriptionOf(source), where, names);
}

/** Of protocols that are read from the names of files. */
const expectedNames: Partial<Record<ProtocolSource['kind'], string>> = {
  'all-pairs': 'It needs a folder of images for each person.',
  fvc: 'It needs images called <finger>_<impression>, such as 101_1.tif.',
  ridgebase: 'It needs images named as in the README of RidgeBase.',
};

/** What is compared, in the words of a report. */
export function protocolTitle(source: ProtocolSource): string {
  switch (source.kind) {
    case 'all-pairs': return 'All pairs';
    case 'lfw': return 'LFW pairs';
    case 'fvc': return 'FVC';
    case 'pairs': return 'Own pairs';
    case 'gallery': return 'Gallery and probes';
    case 'sets': return 'Template sets';
    case 'ridgebase': return `RidgeBase task ${source.task}, ${source.sensors === 'CL2CL' ? 'contactless with contactless' : 'contact with contactless'}`;
  }
}

async function prescriptionOf(source: ProtocolSource): Promise<Prescription> {
  switch (source.kind) {
    case 'all-pairs': return allPairs(await imagesBelow(source.images));
    case 'fvc': return prescribed(fvcPairs(await imagesBelow(source.images)));
    case 'pairs': return prescribed(ownPairs(await textOf(source.file), source.file));
    case 'gallery': return galleryPairs(await textOf(source.file), source.file);
    case 'sets': return templateSetPairs(await textOf(source.file), source.file);
    case 'ridgebase': return ridgeBase(source, await imagesBelow(source.images));
    case 'lfw': {
      const byStem = new Map((await imagesBelow(source.images)).map((path) => [path.replace(/\.\w+$/, ''), path]));
      return prescribed(lfwPairs(await textOf(source.file), (name, number) => byStem.get(`${name}/${name}_${String(number).padStart(4, '0')}`)));
    }
  }
}

async function ridgeBase({ task, sensors, file }: Extract<ProtocolSource, { kind: 'ridgebase' }>, paths: readonly string[]): Promise<Prescription> {
  if (task === 1) return singleFingerPairs(paths, sensors);
  if (task === 2) return fourFingerPairs(paths, sensors);
  if (file === null) throw new RequestError('invalid-input', 'RidgeBase task 3 needs its JSON of gallery and query sets.');
  return setPairs(paths, readRidgeBaseSets(await textOf(file), file));
}

/** A folder for each person, every image with every other. */
function allPairs(paths: readonly string[]): Prescription {
  const sides = [...paths].sort(inNaturalOrder).map((path) => ({ name: path, subject: dirname(path), identity: dirname(path), split: '' }));
  return { pairs: () => amongThemselves(sides), sets: new Map() };
}

/** @throws RequestError bad-dataset for a file that is not there or no UTF-8. */
export async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => unreadable(file, error));
  return utf8Decoder(file, 'bad-dataset')(bytes);
}

function unreadable(path: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') throw new RequestError('bad-dataset', `There is nothing at ${path}.`);
  throw new RequestError('bad-dataset', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
}

/** Paths below the folder, in their order. @throws RequestError bad-dataset */
export async function imagesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => unreadable(root, error));
  return entries
    .filter((entry) => entry.isFile() && looksLikeImage(entry.name))
    .map((entry) => relative(root, resolve(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
