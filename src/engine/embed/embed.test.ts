import { existsSync } from 'node:fs';
import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EmbedOutcome, EmbedRequest } from '../../contract/engine-port.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import { createNetwork } from '../../learning/network.ts';
import { writeModel } from '../checkpoints/model-file.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';
import { writePretrained } from '../face/write-pretrained.ts';
import { kernelsOfBackend } from '../kernels/kernels-of-backend.ts';
import { loadSamples } from '../pipeline/load-samples.ts';
import { temporaryFolder } from '../test-support/pictures.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { embed } from './embed.ts';
import { embedBatch } from './embed-batch.ts';
import { openEmbedder } from './open-embedder.ts';

const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
const faces = join(import.meta.dirname, '../../../resources/demo/faces');
const work = { report: () => undefined, signal: new AbortController().signal };
type Model = Extract<EmbedRequest['embedder'], { kind: 'checkpoint' }>;

async function modelOf(recipe: Recipe): Promise<Model> {
  const path = join(await temporaryFolder(), 'model.safetensors');
  const network = createNetwork(recipe, kernelsOfBackend().kernels);
  const weightsHash = await writeModel(path, network, { recipe, epoch: 0, validationEer: null });
  return { kind: 'checkpoint', path, weightsHash, recipe };
}

describe('embeddings kept by content', () => {
  const recipe = recipeSchema.parse({ input: { width: 24, height: 24 }, backbone: { name: 'small' }, embeddingSize: 8, loss: { name: 'multi-similarity' } });
  let model: Model;
  beforeAll(async () => {
    await loadTensorflow();
    model = await modelOf(recipe);
  });

  /** Asks for copies of the pictures, in another place each time. */
  async function ask(pictures: readonly string[], { folder, ...changes }: Partial<EmbedRequest> & { folder: string }): Promise<EmbedOutcome> {
    const place = await temporaryFolder();
    const images = await Promise.all(pictures.map(async (picture, index) => {
      await cp(join(faces, picture), join(place, `copy ${index}.png`));
      return { kind: 'file' as const, path: join(place, `copy ${index}.png`) };
    }));
    return embed({ embedder: model, images, several: 'one', cache: { folder, embeddings: true }, ...changes }, work);
  }
  const keptIn = async (folder: string): Promise<string[]> => (existsSync(folder) ? (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.vectors')) : []);
  const pictures = ['person-01/01.png', 'person-02/01.png'];

  test('come back for the same content under another name, and are the owner\'s only', async () => {
    const folder = join(await temporaryFolder(), 'cache');
    const first = await ask(pictures, { folder });
    const kept = await keptIn(folder);
    expect(kept).toHaveLength(2);
    expect((await stat(join(folder, kept[0]!))).mode & 0o777).toBe(0o600);
    const bytes = await readFile(join(folder, kept[0]!));
    expect(await ask(pictures, { folder })).toEqual(first);
    // What is kept is what is given: another vector in the file is the answer.
    bytes.fill(0, bytes.length - 4);
    await writeFile(join(folder, kept[0]!), bytes);
    const changed = await ask(pictures, { folder });
    expect(changed.vectors).not.toEqual(first.vectors);
    expect(changed.samples).toEqual(first.samples);
  });

  test('are not those of other weights, of another choice among several, nor of a baseline', async () => {
    const folder = await temporaryFolder();
    const first = await ask(pictures, { folder });
    const other = await modelOf({ ...recipe, seed: 2 });
    expect((await ask(pictures, { folder, embedder: other })).vectors).not.toEqual(first.vectors);
    expect(await keptIn(folder)).toHaveLength(4);
    await ask(pictures, { folder, several: 'largest' });
    expect(await keptIn(folder)).toHaveLength(6);
    await ask(pictures, { folder, embedder: { kind: 'raw-pixels', recipe } });
    expect(await keptIn(folder)).toHaveLength(6);
  });

  test('are kept only where that was asked for', async () => {
    const folder = await temporaryFolder();
    await ask(pictures, { folder, cache: { folder, embeddings: false } });
    await ask(pictures, { folder, cache: null });
    expect(await keptIn(folder)).toEqual([]);
  });

  test('of a file that was cut short are made again', async () => {
    const folder = await temporaryFolder();
    const first = await ask(pictures, { folder });
    const [name] = await keptIn(folder);
    const path = join(folder, name!);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, -1));
    const again = await ask(pictures, { folder });
    expect({ ...again, vectors: [] }).toEqual({ ...first, vectors: [] });
    // Alone a picture is multiplied in another order than among others, on some processors.
    first.vectors.forEach((value, at) => { expect(again.vectors[at]).toBeCloseTo(value, 5); });
    expect((await readFile(path)).length).toBe(bytes.length);
    expect(await ask(pictures, { folder })).toEqual(again);
  });
});

describe.skipIf(!hasModels)(`the model that is the pipeline's own embedder${hasModels ? '' : ' (skipped: the face models are not installed; likeness setup)'}`, () => {
  const recipe = recipeSchema.parse({ input: { width: 112, height: 112, channels: 3, pipeline: 'face' }, backbone: { name: 'pretrained-face', head: false }, embeddingSize: 192, loss: { name: 'multi-similarity' } });
  const images = [{ kind: 'file' as const, path: join(faces, 'person-01/01.png') }];

  test('takes the embedding that the pipeline has made, which is that of its own network', async () => {
    const path = join(await temporaryFolder(), 'pretrained.safetensors');
    const { weightsHash } = (await writePretrained({ path, recipe }))!;
    const source = { kind: 'checkpoint', path, weightsHash, recipe } as const;
    const { vectors, samples } = await embed({ embedder: source, images, several: 'one', cache: null }, work);
    const embedder = await openEmbedder(source);
    for await (const batch of loadSamples(images, { input: recipe.input, several: 'one', cacheOf: () => null })) {
      const silent = { ...embedder, embed: () => Promise.reject(new Error('The network was asked.')) };
      const [own] = await embedBatch(silent, batch);
      expect(own!.samples).toMatchObject([{ vector: vectors }]);
      expect(samples[0]!.quality!.score).toBeGreaterThan(0);
      // Another model's network must be asked, and the same network makes the same of the crop.
      await expect(embedBatch({ ...silent, graphHash: null }, batch)).rejects.toThrow('The network was asked.');
      const [again] = await embedBatch({ ...embedder, graphHash: null }, batch);
      expect(again!.samples[0]!.vector.reduce((sum, value, at) => sum + value * vectors[at]!, 0)).toBeGreaterThan(0.9999);
    }
  });
});
