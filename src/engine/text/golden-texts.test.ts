import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textSchema } from '../../contract/recipe/text.ts';
import { classTextSimilarity } from './class-text-similarity.ts';
import { readClassTexts } from './class-texts.ts';
import { fetchedEncoderFolder, fetchEncoderCommand, findEncoder } from './encoder-folder.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import type { SentenceEncoder } from './text-encoder.ts';
import { openTextEncoder } from './text-encoder.ts';

const isInstalled = existsSync(fetchedEncoderFolder());
if (!isInstalled) console.log(`The text encoder is not in ${fetchedEncoderFolder()}, so its golden values are not checked. To fetch it: ${fetchEncoderCommand}`);

describe.skipIf(!isInstalled)('all-MiniLM-L6-v2 as the set-up fetches it', () => {
  let encoder: SentenceEncoder;
  beforeAll(async () => {
    await loadTensorflow();
    encoder = await openTextEncoder(await findEncoder(null));
  });
  afterAll(async () => { await encoder.close(); });

  it('gives the similarities of dog, cat and car that transformers.js gives, to its four decimals', async () => {
    const recipe = textSchema.parse({ source: { name: 'class-names' } });
    const { values } = classTextSimilarity(await readClassTexts(recipe, { classNames: ['dog', 'cat', 'car'], samples: [] }));
    // models.md, section 6; a processor that rounds otherwise may tip the last of four decimals.
    for (const [cell, golden] of [[1, 0.6332], [2, 0.4968], [5, 0.5142]] as const) expect(Math.abs(values[cell]! - golden)).toBeLessThan(1e-4);
  });

  it('is within the rounding of int8 of the float32 network', async () => {
    // The float32 weights of the same sentence-transformers model, run in tfjs: models.md, section 6.
    const float32 = { 'dog cat': 0.6356, 'dog car': 0.4978, 'cat car': 0.5146 };
    for (const [pair, similarity] of Object.entries(float32)) {
      const [left, right] = await Promise.all(pair.split(' ').map((name) => encoder.embed(`a photo of a ${name}`)));
      expect(Math.abs(left!.reduce((sum, value, index) => sum + value * right![index]!, 0) - similarity)).toBeLessThan(0.003);
    }
  });

  it('gives 384 numbers of unit length, the same ones each time', async () => {
    const [first, second] = [await encoder.embed('a photo of the left index finger, whorl'), await encoder.embed('a photo of the left index finger, whorl')];
    expect(first).toHaveLength(384);
    expect(Math.hypot(...first)).toBeCloseTo(1, 6);
    expect(second).toEqual(first);
  });

  it('does not mind the case of letters', async () => {
    expect(await encoder.embed('A Photo Of A Whorl')).toEqual(await encoder.embed('a photo of a whorl'));
  });
});
