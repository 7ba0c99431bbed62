import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A photo and whose it is. */
export interface LabelledPhoto {
  path: string;
  person: string;
}

/** By the columns path and label of a MANIFEST.csv, or by the folder that a photo is in; people with two photos or more, by name. */
export function photosOf(folder: string): LabelledPhoto[] {
  const manifest = join(folder, 'MANIFEST.csv');
  const all = existsSync(manifest)
    ? (parse(readFileSync(manifest), { columns: true, bom: true }) as Record<'path' | 'label', string>[]).map(({ path, label }) => ({ path, person: label }))
    : picturesBelow(folder).filter((path) => path.includes(sep)).map((path) => ({ path, person: path.split(sep)[0]! }));
  const people = Map.groupBy(all, ({ person }) => person);
  return [...people.keys()].sort().flatMap((person) => {
    const photos = people.get(person)!;
    return photos.length < 2 ? [] : photos.map(({ path }) => ({ path: join(folder, path), person }));
  });
}

export function picturesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(jpe?g|png|pgm|tiff?|bmp)$/i.test(path)).sort();
}
