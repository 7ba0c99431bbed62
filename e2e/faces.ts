import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './host.ts';

const demoFaces = join(root, 'resources', 'demo', 'faces');

export interface Person {
  name: string;
  pictures: string[];
}

/** The people of the demo with the paths of their pictures, in the manifest's order (its first columns: path, subject). */
export async function demoPeople(): Promise<Person[]> {
  const [heading = '', ...lines] = (await readFile(join(demoFaces, 'manifest.csv'), 'utf8')).trim().split('\n');
  const columns = heading.trim().split(',');
  const people = new Map<string, string[]>();
  for (const line of lines) {
    const cells = line.trim().split(',');
    const path = cells[columns.indexOf('path')] ?? '';
    const name = cells[columns.indexOf('subject')] ?? '';
    people.set(name, [...(people.get(name) ?? []), join(demoFaces, path)]);
  }
  return [...people].map(([name, pictures]) => ({ name, pictures }));
}

/** People of the demo whom it has not enrolled (its model was trained on them): their pictures are new to the gallery. */
export async function newcomers(): Promise<Person[]> {
  const { model } = JSON.parse(await readFile(join(root, 'resources', 'demo', 'demo.json'), 'utf8')) as { model: { trainingSamples: { subject: string }[] } };
  const trained = new Set(model.trainingSamples.map(({ subject }) => subject));
  return (await demoPeople()).filter(({ name }) => trained.has(name));
}

/** A folder per person out of the demo's pictures, with one broken picture among them. */
export async function smallDataset(peopleCount: number, picturesEach: number): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'likeness-faces-')), 'office');
  for (const { name, pictures } of (await newcomers()).slice(0, peopleCount)) {
    const place = join(folder, name.replaceAll(' ', '-'));
    await mkdir(place, { recursive: true });
    for (const picture of pictures.slice(0, picturesEach)) await cp(picture, join(place, basename(picture)));
  }
  await mkdir(join(folder, 'empty'));
  const [first] = await newcomers();
  await writeFile(join(folder, first!.name.replaceAll(' ', '-'), 'broken.jpg'), 'this is not a picture');
  return folder;
}
