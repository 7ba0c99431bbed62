import { readFile, readdir } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';
import type { ProtocolSource } from '../../contract/requests/protocols.ts';
import { looksLikeImage } from '../dataset-scan.ts';
import type { ComparisonList, ProtocolPair } from './comparison-list.ts';
import { comparisonList, fvcPairs } from './comparison-list.ts';
import { lfwPairs } from './lfw-pairs.ts';
import { galleryPairs, ownPairs } from './own-pairs.ts';

/** @throws RequestError bad-dataset, with the file and the line. */
export async function readProtocol(source: ProtocolSource): Promise<ComparisonList> {
  return comparisonList(await pairsOf(source), 'file' in source ? source.file : source.images);
}

async function pairsOf(source: ProtocolSource): Promise<ProtocolPair[]> {
  if (source.kind === 'fvc') return fvcPairs(await imagesBelow(source.images));
  const text = await readFile(source.file, 'utf8').catch((error: unknown) => {
    throw new RequestError('bad-dataset', `${source.file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  if (source.kind === 'pairs') return ownPairs(text, source.file);
  if (source.kind === 'gallery') return galleryPairs(text, source.file);
  const byStem = new Map((await imagesBelow(source.images)).map((path) => [path.replace(/\.\w+$/, ''), path]));
  return lfwPairs(text, (name, number) => byStem.get(`${name}/${name}_${String(number).padStart(4, '0')}`));
}

async function imagesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new RequestError('bad-dataset', `${root} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  return entries
    .filter((entry) => entry.isFile() && looksLikeImage(entry.name))
    .map((entry) => relative(root, resolve(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
