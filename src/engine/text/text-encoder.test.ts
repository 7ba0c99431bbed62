import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchedEncoderFolder, findEncoder } from './encoder-folder.ts';
import type { TinyEncoder } from './test-support/tiny-encoder.ts';
import { writeTinyEncoder } from './test-support/tiny-encoder.ts';
import { openTextEncoder, toUnitLength } from './text-encoder.ts';

const folders: string[] = [];
afterEach(async () => { for (const folder of folders.splice(0)) await rm(folder, { recursive: true }); });

async function tiny(options?: TinyEncoder) {
  const folder = await writeTinyEncoder(options);
  folders.push(folder);
  return folder;
}

async function embedWith(folder: string, text: string): Promise<number[]> {
  const encoder = await openTextEncoder(await findEncoder(folder));
  try {
    return [...(await encoder.embed(text))];
  } finally {
    await encoder.close();
  }
}

describe('a text encoder', () => {
  it('means over the tokens of the sentence, without padding, and gives it unit length', async () => {
    // left (1, 0), thumb (3, 0), whorl (0, 4) and two zeros: (4, 4) / 5.
    const vector = await embedWith(await tiny(), 'Left thumb whorl');
    expect(vector).toEqual([Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
  });

  it('takes the vector of a network that pools by itself as it is', async () => {
    // The largest of each column: (3, 4).
    const vector = await embedWith(await tiny({ pooling: 'max' }), 'left thumb whorl');
    expect(vector).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  });

  it('refuses a text that is longer than it reads, with both numbers', async () => {
    const folder = await tiny({ maxTokens: 4 });
    await expect(embedWith(folder, 'left thumb whorl')).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('has 5 tokens; the text encoder reads 4') });
  });

  it('refuses a text without any direction instead of giving NaN', async () => {
    await expect(embedWith(await tiny(), 'unknown words')).rejects.toMatchObject({ code: 'no-model', message: expect.stringContaining('no direction') });
  });

  it('names an input that it does not know', async () => {
    await expect(embedWith(await tiny({ strangeInput: 'pixel_values' }), 'left')).rejects.toThrow('it wants an input called pixel_values');
  });

  it('says that a damaged file cannot be opened', async () => {
    const folder = await tiny();
    await writeFile(join(folder, 'model.onnx'), 'not a network');
    await expect(embedWith(folder, 'left')).rejects.toMatchObject({ code: 'no-model', message: expect.stringContaining(`The text encoder in ${folder} cannot be opened`) });
  });

  it('names the missing file of a folder, and the command that fetches the usual encoder', async () => {
    const folder = await tiny();
    await rm(join(folder, 'tokenizer.json'));
    await expect(findEncoder(folder)).rejects.toMatchObject({
      code: 'no-model',
      message: expect.stringMatching(/tokenizer\.json is missing\..*npm run --silent likeness -- setup --text$/),
    });
  });

  it('says how to fetch the usual encoder where there is none', async () => {
    await expect(findEncoder(null, '/absent')).rejects.toMatchObject({
      code: 'no-model',
      message: expect.stringMatching(/not installed\. To fetch it .*: npm run --silent likeness -- setup --text$/),
    });
  });

  it('is another one when either of its files changes', async () => {
    const folder = await tiny();
    const before = await findEncoder(folder);
    expect((await findEncoder(folder)).fingerprint).toBe(before.fingerprint);
    await writeFile(before.tokenizer, '{}');
    expect((await findEncoder(folder)).fingerprint).not.toBe(before.fingerprint);
  });

  it('is looked for in the cache of the checkout, from the source and from the bundle', () => {
    const checkout = join(import.meta.dirname, '..', '..', '..');
    expect(fetchedEncoderFolder()).toBe(join(checkout, '.cache', 'text-encoder'));
    expect(fetchedEncoderFolder(join(checkout, 'out', 'main'))).toBe(join(checkout, '.cache', 'text-encoder'));
  });
});

describe('unit length', () => {
  it('keeps the direction of very short and very long vectors', () => {
    expect([...toUnitLength([3e-20, 4e-20])]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    expect([...toUnitLength([3e30, 4e30])]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  });

  it('refuses a vector without one', () => {
    expect(() => toUnitLength([0, 0])).toThrow('no direction');
    expect(() => toUnitLength([NaN, 1])).toThrow('no direction');
  });
});
