import { basename } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';

/** A set of task 3: images of one finger. */
export interface NamedSet {
  readonly name: string;
  readonly files: readonly string[];
}

/**
 * The gallery and query sets of RidgeBase's task 3. The file is given out with the images only, so its form is read with latitude: somewhere
 * below a key that says gallery, and one that says query or probe, every list of file names is a set.
 *
 * @throws RequestError bad-dataset.
 */
export function readRidgeBaseSets(text: string, file: string): { gallery: NamedSet[]; query: NamedSet[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new RequestError('bad-dataset', `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const [gallery, query] = [setsUnder(json, /gallery/i), setsUnder(json, /query|probe/i)];
  if (gallery.length === 0 || query.length === 0) {
    throw new RequestError('bad-dataset', `${file} needs the keys gallery and query, each with lists of file names below it; it has ${gallery.length} and ${query.length} sets.`);
  }
  return { gallery, query };
}

function setsUnder(json: unknown, wanted: RegExp): NamedSet[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => (wanted.test(key) ? setsIn(value, key) : setsUnder(value, wanted)));
}

function setsIn(value: unknown, name: string): NamedSet[] {
  if (typeof value === 'string') return [{ name, files: [basename(value)] }];
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')) {
    return [{ name, files: [...new Set(value.map((path: string) => basename(path)))] }];
  }
  if (typeof value !== 'object' || value === null) return [];
  // A record such as { id, files } has words beside its list.
  const lists = Object.entries(value).filter(([, inner]) => typeof inner === 'object' && inner !== null);
  return (Array.isArray(value) || lists.length === 0 ? Object.entries(value) : lists).flatMap(([key, inner]) => setsIn(inner, `${name}/${key}`));
}
