import { readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadFaceModels } from '../src/engine/face/face-models.ts';
import type { FaceModels } from '../src/engine/face/face-models.ts';
import { findFaces } from '../src/engine/face/find-faces.ts';
import { readPhoto } from '../src/engine/face/photo.ts';
import { allPairsRoc } from '../src/evaluation/all-pairs-roc.ts';
import { equalErrorRate } from '../src/evaluation/equal-error-rate.ts';
import { fnmrAtFmr } from '../src/evaluation/fnmr-at-fmr.ts';
import { cosineTiles } from '../src/evaluation/score-tiles.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// The face pipeline and its embedder on folders of photos, a folder per person: npm run bench -- faces FOLDER...
const TARGETS = [1e-2, 1e-3];
const folders = process.argv.slice(2).map((folder) => resolve(process.env['INIT_CWD'] ?? process.cwd(), folder));
if (folders.length === 0) throw new Error('Name one or more folders that hold a folder of photos for each person.');
const models = await loadFaceModels();
console.log('| Photos | People | Detected and aligned | Several faces | Mated, non-mated comparisons | EER | FNMR at FMR 1e-2 | 1e-3 | Photos/s |');
console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|');
for (const folder of folders) console.log(await measure(folder));
console.log(`\n${whereAndWhen()}`);

/** People with two photos or more; the largest face of each. */
async function measure(folder: string): Promise<string> {
  const people = Map.groupBy(photosBelow(folder), (path) => path.split(sep)[0]!);
  const photos = [...people].flatMap(([person, paths], label) => (paths.length < 2 ? [] : paths.map((path) => ({ path: join(folder, path), person, label }))));
  const startedAt = performance.now();
  const embeddings: Float32Array[] = [];
  const labels: number[] = [];
  let several = 0;
  for (const { path, label } of photos) {
    const [largest, ...others] = findFaces(await readPhoto({ kind: 'file', path }), models);
    if (largest === undefined) console.error(`bench: no face in ${path}`);
    else {
      embeddings.push(embed(largest.aligned, models));
      labels.push(label);
    }
    if (others.length > 0) several++;
  }
  const rate = photos.length / ((performance.now() - startedAt) / 1000);
  return `| ${[`${folder}: ${photos.length}`, new Set(labels).size, percent(labels.length / photos.length), several, ...figures(embeddings, labels), rate.toFixed(1)].join(' | ')} |`;
}

function photosBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes(sep) && /\.(jpe?g|png|pgm)$/i.test(path)).sort();
}

function embed(aligned: Uint8Array, { embed: run }: FaceModels): Float32Array {
  return tf.tidy(() => run(tf.tensor4d(aligned, [1, 112, 112, 3], 'float32')).dataSync<'float32'>().slice());
}

function figures(embeddings: readonly Float32Array[], labels: readonly number[]): string[] {
  const dimension = embeddings[0]!.length;
  const rows = new Float32Array(embeddings.length * dimension);
  embeddings.forEach((embedding, row) => { rows.set(embedding, row * dimension); });
  const { points } = allPairsRoc(cosineTiles({ embeddings: rows, dimension, subjects: Int32Array.from(labels) }), TARGETS);
  return [`${points.matedCount}, ${points.nonMatedCount}`, percent(equalErrorRate(points).rate), ...TARGETS.map((target) => percent(fnmrAtFmr(points, target).fnmr))];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
