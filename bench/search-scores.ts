import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { loadFaceModels } from '../src/engine/face/face-models.ts';

// How the scores of mates and of others are distributed, on a folder of aligned faces with a folder for each person: bench/search draws
// its templates after them. The faces are embedded as they are, without being found and aligned again.

const [root = '/work/shared/data/lfw-view1', people = '220'] = process.argv.slice(2);
const PICTURES_OF_PERSON = 3;
const SIDE = 112;

if (!existsSync(root)) throw new Error(`There is no folder ${root}. Give one with a folder of aligned faces for each person.`);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readdirSync(join(root, name)).filter((file) => /\.(jpe?g|png)$/i.test(file)).map((file) => join(root, name, file)))
  .filter((files) => files.length >= 2)
  .slice(0, Number(people));

const { embed } = await loadFaceModels();
const embedded: { person: number; vector: Float32Array }[] = [];
for (const [person, files] of folders.entries()) {
  for (const file of files.slice(0, PICTURES_OF_PERSON)) embedded.push({ person, vector: await embedFile(file) });
}

const scores = { mated: [] as number[], 'non-mated': [] as number[] };
for (const [index, one] of embedded.entries()) {
  for (const other of embedded.slice(0, index)) {
    scores[one.person === other.person ? 'mated' : 'non-mated'].push(one.vector.reduce((sum, value, column) => sum + value * other.vector[column]!, 0));
  }
}
console.log(`${embedded.length} pictures of ${folders.length} people in ${root}`);
for (const [name, values] of Object.entries(scores)) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  console.log(`${name}: ${values.length} comparisons, mean ${mean.toFixed(3)}, standard deviation ${deviation.toFixed(3)}`);
}

async function embedFile(file: string): Promise<Float32Array> {
  const pixels = await sharp(file).removeAlpha().toColourspace('srgb').resize(SIDE, SIDE, { fit: 'fill' }).raw().toBuffer();
  return tf.tidy(() => Float32Array.from(embed(tf.tensor4d(Float32Array.from(pixels), [1, SIDE, SIDE, 3])).dataSync()));
}
