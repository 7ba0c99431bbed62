import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textSchema } from '../../contract/recipe/text.ts';
import { readClassTexts } from './class-texts.ts';
import { writeTinyEncoder } from './test-support/tiny-encoder.ts';

let folder: string;
beforeAll(async () => { folder = await writeTinyEncoder(); });
afterAll(async () => { await rm(folder, { recursive: true }); });

const people = ['p1', 'p2', 'p3', 'p4'];
const handsOf = (...hands: string[]) => hands.map((hand, label) => ({ label, metadata: { hand } }));
const byHand = () => textSchema.parse({ source: { name: 'metadata', template: '{hand}' }, encoder: { folder } });

describe('class texts', () => {
  it('are one vector for each class, shared by the classes of one sentence', async () => {
    const { vectors, notes } = await readClassTexts(byHand(), { classNames: people, samples: handsOf('left', 'right', 'left', 'left thumb') });
    expect(vectors.map((vector) => [...vector!])).toEqual([[1, 0], [0, 1], [1, 0], [1, 0]]);
    expect(vectors[0]).toBe(vectors[2]);
    expect(notes).toEqual(['4 classes share 3 texts: guidance does not tell classes with one text apart.']);
  });

  it('leave out a class without one, by name', async () => {
    const texts = await readClassTexts(byHand(), { classNames: people, samples: handsOf('left', '', 'right') });
    expect(texts.vectors.map((vector) => vector === null)).toEqual([false, true, false, true]);
    expect(texts.excluded.map(({ name }) => name)).toEqual(['p2', 'p4']);
    expect(texts.notes[0]).toBe('2 classes are left out of language guidance: p2 (none of its 1 samples has a value for hand), p4 (it has no samples).');
  });

  it('embed a sentence once for every encoder, and not again in the next run', async () => {
    const fresh = await writeTinyEncoder({ maxTokens: 7 });
    const counts: number[] = [];
    const recipe = { ...byHand(), encoder: { folder: fresh } };
    const read = () => readClassTexts(recipe, { classNames: people, samples: handsOf('left', 'right', 'left', 'right') }, { report: ({ done }) => counts.push(done) });
    await read();
    await read();
    await rm(fresh, { recursive: true });
    expect(counts).toEqual([1, 2]);
  });

  it('stop when they are asked to', async () => {
    const signal = AbortSignal.abort();
    const reading = readClassTexts(byHand(), { classNames: people, samples: handsOf('left whorl', 'right whorl') }, { signal });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled', message: 'Stopped after 0 of 2 class texts.' });
  });

  it('come from a CSV file without any encoder', async () => {
    const place = await mkdtemp(join(tmpdir(), 'class-texts-'));
    const path = join(place, 'vectors.csv');
    await writeFile(path, 'p1,3,4\np2,0,2\nsomebody else,1,1\n');
    const texts = await readClassTexts(textSchema.parse({ source: { name: 'csv', path }, encoder: { folder: '/absent' } }), { classNames: people, samples: [] });
    await rm(place, { recursive: true });
    expect(texts.vectors).toEqual([Float32Array.of(0.6, 0.8), Float32Array.of(0, 1), null, null]);
    expect(texts.notes).toEqual(['2 classes are left out of language guidance: p3 (the file has no row of that name), p4 (the file has no row of that name).']);
  });

  it('need two that differ', async () => {
    const reading = readClassTexts(byHand(), { classNames: ['p1', 'p2'], samples: handsOf('left', 'left') });
    await expect(reading).rejects.toMatchObject({ code: 'too-little-data', message: expect.stringContaining('needs two that differ: there is only one') });
  });

  it('need a source when guidance has a weight', async () => {
    const reading = readClassTexts(textSchema.parse({}), { classNames: people, samples: [] });
    await expect(reading).rejects.toMatchObject({ code: 'bad-recipe' });
  });
});

describe('the words of a recipe about texts', () => {
  it('have a usual sentence for class names, and no source unless one is chosen', () => {
    expect(textSchema.parse({})).toEqual({ source: null, encoder: { folder: null } });
    expect(textSchema.parse({ source: { name: 'class-names' } }).source).toEqual({ name: 'class-names', template: 'a photo of a {name}' });
  });

  it.each([
    [{ name: 'class-names', template: 'a photo' }, 'must hold {name}'],
    [{ name: 'class-names', template: '{name} of {hand}' }, 'must hold {name}'],
    [{ name: 'metadata', template: 'a finger' }, 'at least one column'],
    [{ name: 'metadata', template: 'a {hand finger' }, 'without its partner'],
  ])('refuse the template %j', (source, message) => {
    expect(textSchema.safeParse({ source }).error?.issues[0]?.message).toContain(message);
  });
});
