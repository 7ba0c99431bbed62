import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import { RequestError } from '../contract/request-error.ts';
import { split } from '../contract/requests/datasets.ts';
import { partEnding, writeWholeFile } from './write-whole-file.ts';

const partCount = z.object({ subjects: z.number(), images: z.number() });

/** What a sweep was asked to do: all that its figures depend on. */
const sweepManifest = z.object({
  format: z.literal('likeness-sweep-1'),
  dataset: z.object({
    name: z.string(), modality: z.string(), sha256: z.string(), split, leastImages: z.number(),
    parts: z.object({ train: partCount, validation: partCount, test: partCount }),
  }),
  seeds: z.array(z.number()),
  items: z.array(z.object({ key: z.string(), title: z.string(), survey: z.string().nullable(), setting: z.string(), recipe: recipeSchema })),
  recipesSha256: z.string(),
  replicates: z.number(),
  versions: z.record(z.string(), z.string()),
});
export type SweepManifest = z.infer<typeof sweepManifest>;

const fileName = 'manifest.json';

/**
 * Makes the folder a sweep's own, or finds that it is this sweep's already.
 *
 * @throws RequestError('conflict') when another sweep, or something else, lies there.
 */
export async function claimFolder(folder: string, manifest: SweepManifest): Promise<'new' | 'known'> {
  const lying = await readManifest(folder);
  if (lying === null) {
    const others = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith(partEnding));
    if (others.length > 0) throw new RequestError('conflict', `${folder} holds other files and no sweep. Choose an empty or a new folder.`);
    await mkdir(folder, { recursive: true }).catch((error: Error) => {
      throw new RequestError('storage', `The folder ${folder} cannot be made: ${error.message}.`);
    });
    await writeWholeFile(join(folder, fileName), `${JSON.stringify(manifest, null, 2)}\n`);
    return 'new';
  }
  const differing = differences(lying, manifest);
  if (differing.length === 0) return 'known';
  throw new RequestError('conflict', `${folder} holds another sweep: ${differing.join('; ')}. Ask for the same to go on with it, or choose another folder.`);
}

/** The manifest in a folder, or null. @throws RequestError('storage') when it is there but cannot be used. */
export async function readManifest(folder: string): Promise<SweepManifest | null> {
  const file = join(folder, fileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new RequestError('storage', `${file} cannot be read: ${error.message}.`);
  });
  if (text === null) return null;
  const parsed = sweepManifest.safeParse(parseJson(text));
  if (!parsed.success) throw new RequestError('storage', `${file} is not the manifest of a sweep of this version. Choose another folder.`);
  return parsed.data;
}

/** In words, what of two plans is not the same. */
function differences(lying: SweepManifest, asked: SweepManifest): string[] {
  const said: [boolean, string][] = [
    [same(lying.dataset, asked.dataset), `its people are those of ${lying.dataset.name} (${lying.dataset.sha256.slice(0, 12)}, split ${lying.dataset.split.seed}), not of ${asked.dataset.name} (${asked.dataset.sha256.slice(0, 12)}, split ${asked.dataset.split.seed})`],
    [same(lying.seeds, asked.seeds), `its seeds are ${lying.seeds.join(', ')}, not ${asked.seeds.join(', ')}`],
    [same(lying.items.map(({ key }) => key), asked.items.map(({ key }) => key)), `its losses are ${lying.items.map(({ key }) => key).join(', ')}`],
    [lying.recipesSha256 === asked.recipesSha256, `its recipes differ (${lying.items[0]!.recipe.epochs} epochs there, ${asked.items[0]!.recipe.epochs} asked for)`],
    [lying.replicates === asked.replicates, `it has ${lying.replicates} resamples`],
    [same(lying.versions, asked.versions), `it was begun with ${versionWords(lying.versions)}, this is ${versionWords(asked.versions)}`],
  ];
  return said.flatMap(([isSame, words]) => (isSame ? [] : [words]));
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

/** Keys in alphabetical order, so that two equal plans read alike. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, inOrder(inner)]));
}

export function versionWords(versions: Record<string, string>): string {
  return Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
