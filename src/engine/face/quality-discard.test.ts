import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { ImageSource } from '../../contract/engine-port.ts';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import { discardArea, errorVersusDiscard } from '../../evaluation/error-versus-discard.ts';
import { embed } from '../embed/embed.ts';
import { cacheFolder } from '../text/encoder-folder.ts';

const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
const faces = join(import.meta.dirname, '../../../resources/demo/faces');
const recipe = recipeSchema.parse({ input: { width: 112, height: 112, channels: 3, pipeline: 'face' }, backbone: { name: 'pretrained-face', head: false }, embeddingSize: 192, loss: { name: 'multi-similarity' } });
const work = { report: () => undefined, signal: new AbortController().signal };

interface Judged {
  person: number;
  vector: Float32Array;
  quality: number;
}

const cosine = (one: Judged, other: Judged): number => one.vector.reduce((sum, value, at) => sum + value * other.vector[at]!, 0);
const pairs = (judged: readonly Judged[]): [Judged, Judged][] => judged.flatMap((one, index) => judged.slice(index + 1).map((other): [Judged, Judged] => [one, other]));

/** The demo's pictures of some people; `spoil` makes every third out of focus, and says by how much. */
async function judge(people: readonly number[], spoil: number | null): Promise<Judged[]> {
  const wanted = people.flatMap((person) => [1, 2, 3, 4, 5, 6].map((which) => ({ person, which })));
  const images = await Promise.all(wanted.map(async ({ person, which }): Promise<ImageSource> => {
    const picture = sharp(join(faces, `person-${`${person}`.padStart(2, '0')}`, `${`${which}`.padStart(2, '0')}.png`)).resize(184);
    return { kind: 'bytes', name: 'face.png', bytes: await (spoil !== null && which % 3 === 0 ? picture.blur(spoil) : picture).png().toBuffer() };
  }));
  const { vectors, size, samples } = await embed({ embedder: { kind: 'untrained', recipe }, images, several: 'largest', cache: null }, work);
  return samples.map(({ image, quality }, row) => ({ person: wanted[image]!.person, vector: vectors.slice(row * size, (row + 1) * size), quality: quality!.score }));
}

// Mated comparisons at a threshold that other people's sharp pictures settled.
test.skipIf(!hasModels)('fewer mates are missed as the photos that the pipeline itself judged worst are set aside', async () => {
  const others = await judge([6, 7, 8, 9], null);
  const threshold = Math.max(...pairs(others).filter(([one, other]) => one.person !== other.person).map(([one, other]) => cosine(one, other)));
  const judged = await judge([1, 2, 3, 4, 5], 5);
  const mated = pairs(judged).filter(([one, other]) => one.person === other.person);
  const curve = errorVersusDiscard({
    isError: mated.map(([one, other]) => cosine(one, other) < threshold),
    quality: Float64Array.from(mated, ([one, other]) => Math.min(one.quality, other.quality)),
  });
  expect(curve.discarded.length).toBeGreaterThan(3);
  // Where nobody is missed no measure can be told from another.
  expect(curve.error[0]).toBeGreaterThan(0);
  const { area, ideal, level } = discardArea(curve, 0.6);
  // Nearer to a perfect measure than to one that knows nothing.
  expect(area).toBeLessThan((ideal + level) / 2);
});
