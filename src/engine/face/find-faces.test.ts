import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../evaluation/random.ts';
import { cacheFolder } from '../text/encoder-folder.ts';
import { describeFaces } from './describe-faces.ts';
import { loadFaceModels } from './face-models.ts';
import { findFaces } from './find-faces.ts';
import { readPhoto } from './photo.ts';
import type { Photo } from './photo.ts';

const demoFace = join(import.meta.dirname, '../../../resources/demo/faces/person-01/01.png');
const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));

const read = async (bytes: Promise<Buffer>): Promise<Photo> => readPhoto({ kind: 'bytes', bytes: await bytes, name: 'photo' });

/** A face so wide before a grey wall. */
async function photoOf(face: number, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const input = await sharp(demoFace).resize(face).toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#8a9299' } }).composite([{ input, gravity: 'centre' }]).jpeg().toBuffer();
}

describe.skipIf(!hasModels)(`faces of a photo${hasModels ? '' : ' (skipped: the face models are not installed; likeness setup)'}`, () => {
  test('a face that fills the photo is found where it is when there is a wall around it', async () => {
    const models = await loadFaceModels();
    const tight = await sharp(demoFace).extract({ left: 8, top: 14, width: 76, height: 90 }).resize(304).png().toBuffer();
    const around = await sharp(tight).extend({ top: 300, bottom: 300, left: 300, right: 300, background: '#8a9299' }).png().toBuffer();
    const [[alone], [inFront]] = [findFaces(await read(Promise.resolve(tight)), models), findFaces(await read(Promise.resolve(around)), models)];
    expect(alone!.presence).toBeGreaterThan(0.9);
    for (const [index, { x, y }] of alone!.landmarks.entries()) {
      const other = inFront!.landmarks[index]!;
      expect(Math.hypot(other.x - 300 - x, other.y - 300 - y)).toBeLessThan(0.05 * 304);
    }
  });

  test('a small face in a large photo is found, though not at the first look', async () => {
    const models = await loadFaceModels();
    const photo = await read(photoOf(100, { width: 2000, height: 1500 }));
    expect(findFaces(photo, models, 1)).toEqual([]);
    const [face, ...others] = findFaces(photo, models);
    expect(others).toEqual([]);
    expect(face!.left).toBeGreaterThan(900);
    expect(face!.left + face!.width).toBeLessThan(1100);
  });

  test('noise is no face, however often it is looked at', async () => {
    const models = await loadFaceModels();
    const random = seededRandom(3);
    const noise = Uint8Array.from({ length: 96 * 96 * 3 }, () => Math.floor(256 * random()));
    const photo = await read(sharp(noise, { raw: { width: 96, height: 96, channels: 3 } }).resize(600).png().toBuffer());
    expect(findFaces(photo, models)).toEqual([]);
  });

  test('a face and its mirror image have the same embedding, and another face has another', async () => {
    const models = await loadFaceModels();
    const aligned = await Promise.all(['01/01', '01/02', '02/01'].map((name) => sharp(join(demoFace, '../..', `person-${name}.png`)).resize(112, 112).toColourspace('srgb').removeAlpha().raw().toBuffer()));
    const mirrored = await sharp(aligned[0]!, { raw: { width: 112, height: 112, channels: 3 } }).flop().raw().toBuffer();
    const [one, sameFace, another, mirror] = describeFaces([...aligned, mirrored].map((bytes) => new Uint8Array(bytes)), models).map(({ embedding }) => embedding);
    const cosine = (other: Float32Array) => other.reduce((sum, value, index) => sum + value * one![index]!, 0);
    expect(cosine(mirror!)).toBeCloseTo(1, 4);
    expect(cosine(sameFace!)).toBeGreaterThan(cosine(another!) + 0.1);
  });
});
