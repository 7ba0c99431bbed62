import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTextVectors } from './text-vectors-csv.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'text-vectors-')); });
afterAll(async () => { await rm(folder, { recursive: true }); });

async function read(content: string) {
  const path = join(folder, 'vectors.csv');
  await writeFile(path, content);
  const { size, byName } = await readTextVectors(path);
  return { size, rows: [...byName].map(([name, vector]) => [name, ...vector]) };
}

describe('a CSV of text vectors', () => {
  it('gives each class its numbers, with and without a row of column names', async () => {
    const rows = [['a', 1, -0.5], ['b', 2000, 0.25]];
    expect(await read('a,1,-.5\nb, 2e3 ,0.25\n')).toEqual({ size: 2, rows });
    expect(await read('\uFEFFclass,x,y\r\na,1,-.5\r\n\r\nb,2e3,0.25')).toEqual({ size: 2, rows });
  });

  it('reads names in quotes, with commas in them', async () => {
    expect(await read('"Doe, Jane",1\n')).toEqual({ size: 1, rows: [['Doe, Jane', 1]] });
  });

  it.each([
    ['a word among the numbers', 'a,1,2\nb,1,two\n', 'Line 2 has "two" where a number belongs (column 3).'],
    ['an empty cell', 'a,1,2\nb,1,\n', 'Line 2 has "" where a number belongs (column 3).'],
    ['a hexadecimal number', 'a,1,2\nb,1,0x10\n', 'Line 2 has "0x10" where a number belongs (column 3).'],
    ['NaN', 'a,1,2\nb,1,NaN\n', 'Line 2 has "NaN" where a number belongs (column 3).'],
    ['a number beyond float32', 'a,1,2\nb,1,1e39\n', 'Line 2 has 1e39, which is too large (column 3).'],
    ['a short row', 'class,x,y\na,1,2\nb,1\n', 'Line 3 has 1 numbers where the first row has 2.'],
    ['a class named twice', 'a,1\n\nb,2\na,3\n', 'Line 4 names "a" again, after line 1.'],
    ['a row without a name', 'a,1\n,2\n', 'Line 2 names no class.'],
    ['a row without numbers', 'a\nb\n', 'Line 1 has no numbers after "a".'],
    ['a zero vector', 'a,1,2\nb,0,-0.0\n', 'Line 2 is all zeros, which has no direction.'],
  ])('refuses %s, and names the line', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(message) });
  });

  it('takes a first row with a mistake for a row of numbers, not of names', async () => {
    await expect(read('a,1,2O\nb,1,2\n')).rejects.toThrow('Line 1 has "2O"');
  });

  it('names five wrong lines, and counts the rest', async () => {
    const content = `ok,1\n${Array.from({ length: 8 }, (_, row) => `c${row},x\n`).join('')}`;
    await expect(read(content)).rejects.toThrow(/Line 2 .*Line 6 [^L]*And 3 more\.$/);
  });

  it('refuses an empty file and one with names of columns only', async () => {
    await expect(read('')).rejects.toThrow('holds no vectors');
    await expect(read('class,x,y\n')).rejects.toThrow('holds no vectors');
  });

  it('names the line of a quotation mark without its partner', async () => {
    await expect(read('a,1\n"b,2\n')).rejects.toThrow(/cannot be read as a CSV table: .*line/);
  });

  it('says that there is no such file', async () => {
    await expect(readTextVectors(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says that a folder is no table', async () => {
    await expect(readTextVectors(folder)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
