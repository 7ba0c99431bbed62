import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../text/encoder-folder.ts';
import { faceQuality } from './face-quality.ts';
import type { AlignedFace } from './face-quality.ts';
import { apply, fitSimilarity, invert } from './geometry.ts';
import { checkGolden } from './golden-embedding.ts';
import { inspectFace } from './inspect-face.ts';
import { loadFaceModels } from './face-models.ts';
import { readPhoto } from './photo.ts';
import type { Photo } from './photo.ts';
import { warp } from './warp.ts';

const demoFace = join(import.meta.dirname, '../../../resources/demo/faces/person-01/01.png');
const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));
const turn = { a: 1.2, b: -0.7, tx: 13, ty: -4 };
const corners = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 3, y: 8 }];

describe('the geometry of alignment', () => {
  test('finds the similarity that points were moved by, and its inverse brings them back', () => {
    const found = fitSimilarity(corners, corners.map((point) => apply(turn, point)));
    for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(turn[key], 9);
    for (const point of corners) {
      const back = apply(invert(turn), apply(turn, point));
      expect(back.x).toBeCloseTo(point.x, 9);
      expect(back.y).toBeCloseTo(point.y, 9);
    }
  });

  test('takes pixels as they are where nothing moves, and black from outside the photo', () => {
    const photo: Photo = { width: 2, height: 2, reduction: 1, pixels: Uint8Array.from({ length: 12 }, (_, index) => index + 1) };
    const square = warp(photo, { a: 1, b: 0, tx: 0, ty: 0 }, 3);
    expect([...square.subarray(0, 9)]).toEqual([1, 2, 3, 4, 5, 6, 0, 0, 0]);
    expect([...square.subarray(18)]).toEqual(Array(9).fill(0));
  });
});

describe('quality', () => {
  const photo: Photo = { width: 200, height: 200, reduction: 1, pixels: new Uint8Array(0) };
  const textured = Uint8Array.from({ length: 112 * 112 * 3 }, (_, index) => ((Math.floor(index / 3) + Math.floor(index / 336)) % 2 === 0 ? 100 : 170));
  const good: AlignedFace = {
    left: 40, top: 40, width: 100, height: 100, confidence: 1, presence: 1, embedding: new Float32Array(192), strength: 70, eyes: [{ x: 70, y: 80 }, { x: 110, y: 80 }], aligned: textured,
    landmarks: [{ x: 70, y: 80 }, { x: 110, y: 80 }, { x: 90, y: 100 }, { x: 75, y: 120 }, { x: 105, y: 120 }],
  };
  const [leftEye, rightEye, , leftMouth, rightMouth] = good.landmarks;

  test('finds nothing to complain about in a large, sharp, frontal, lone face', () => {
    expect(faceQuality(good, photo, [])).toMatchObject({ score: 100, reasons: [] });
  });

  test.each([
    ['too small', { landmarks: good.landmarks.map(({ x, y }) => ({ x: x / 3, y: y / 3 })) as AlignedFace['landmarks'] }, []],
    ['blurred', { aligned: textured.map((_, index) => 60 + (Math.floor(index / 3) % 112)) }, []],
    ['too dark', { aligned: textured.map((value) => value / 8) }, []],
    ['turned away', { landmarks: [leftEye, rightEye, { x: 124, y: 100 }, leftMouth, rightMouth] as AlignedFace['landmarks'] }, []],
    ['cropped', { left: -40 }, []],
    ['partly hidden', { presence: 0.9 }, []],
    ['hard to recognise', { strength: 50 }, []],
    ['several faces', {}, [{ ...good, left: 0 }]],
  ])('says "%s" in words, and grades it down', (words, change, others) => {
    const { score, reasons } = faceQuality({ ...good, ...change }, photo, others);
    expect(reasons.join()).toContain(words);
    expect(score).toBeLessThan(60);
  });
});

describe.skipIf(!hasModels)(`the models${hasModels ? '' : ' (not installed: likeness setup)'}`, () => {
  test('embed the golden picture as they did when they were measured, and another network is refused', async () => {
    const models = await loadFaceModels();
    expect(() => { checkGolden(models.embed); }).not.toThrow();
    expect(() => { checkGolden((faces) => models.embed(tf.mul(faces, 0.2))); }).toThrow(/golden/);
  });

  test('find one face in a photo that is lying on its side by its EXIF mark alone', async () => {
    const upright = await sharp(await readFile(demoFace)).resize(400).extend({ bottom: 100 }).png().toBuffer();
    const sideways = await sharp(upright).rotate(-90).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { samples, width, height, steps } = await inspectFace({ kind: 'bytes', bytes: sideways, name: 'sideways.jpg' });
    expect(height).toBeGreaterThan(width);
    expect(samples).toHaveLength(1);
    expect(steps.map(({ name }) => name)).toEqual(['1-photo', '2-faces', '3-aligned-1']);
  });

  test('find no face in a picture of nothing', async () => {
    const grey = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'grey' } }).png().toBuffer();
    expect((await inspectFace({ kind: 'bytes', bytes: grey, name: 'grey.png' })).samples).toEqual([]);
  });
});

describe('a photo', () => {
  const face = () => sharp(demoFace).resize(100, 120, { fit: 'fill' });
  test.each([
    ['grey', () => face().greyscale().png()],
    ['with transparency', () => face().ensureAlpha(0.5).png()],
    ['of 16 bits', () => face().toColourspace('rgb16').png()],
    ['in CMYK', () => face().toColourspace('cmyk').tiff()],
  ])('%s becomes RGB bytes', async (_kind, make) => {
    const photo = await readPhoto({ kind: 'bytes', bytes: await make().toBuffer(), name: 'photo' });
    expect(photo).toMatchObject({ width: 100, height: 120, reduction: 1 });
    expect(photo.pixels).toHaveLength(100 * 120 * 3);
    expect(Math.max(...photo.pixels)).toBeGreaterThan(100);
  });

  test('of 100 megapixels is read in the size that is worked on', async () => {
    const huge = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: 'teal' } }).jpeg().toBuffer();
    const { width, height, reduction } = await readPhoto({ kind: 'bytes', bytes: huge, name: 'huge.jpg' });
    expect([width, height]).toEqual([2048, 2048]);
    expect(reduction).toBeCloseTo(10_000 / 2048);
  }, 60_000);
});
