import { expect, it } from 'vitest';
import { finish } from '../../evaluation/steps.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { drawnThumbnail } from '../test-support/drawn-pictures.ts';
import { distanceOf, NEAR, nearPairs } from './near-pairs.ts';
import { spectrumOf } from './spectrum.ts';

it('gives the pairs, with their distances, that comparing all with all gives', () => {
  const random = seededRandom(3);
  const pictures = Array.from({ length: 60 }, (_, at) => {
    const [scene, levels] = [drawnThumbnail(at % 20), 8 * random()];
    return { spectrum: spectrumOf(scene.map((value) => Math.min(255, Math.max(0, value + levels * (random() - 0.5)))))!, aspect: 1 };
  });
  const expected = pictures.flatMap(({ spectrum }, first) => pictures.slice(first + 1).flatMap((other, ahead) => {
    const found = distanceOf(spectrum.fine, other.spectrum.fine, NEAR);
    return found === null ? [] : [{ first, second: first + 1 + ahead, ...found }];
  })).sort((one, other) => one.distance - other.distance);
  expect(expected.length).toBeGreaterThan(5);
  expect(finish(nearPairs(pictures))).toEqual(expected);
});

it('keeps no more than the nearest of each where all are alike', () => {
  const scene = drawnThumbnail(1);
  const pictures = Array.from({ length: 50 }, (_, at) => ({ spectrum: spectrumOf(scene.map((value, place) => value + (place === at ? 1 : 0)))!, aspect: 1 }));
  expect(finish(nearPairs(pictures)).length).toBeLessThanOrEqual(8 * 50);
});

it('has nothing to give of no pictures, or one', () => {
  expect(finish(nearPairs([]))).toEqual([]);
  expect(finish(nearPairs([{ spectrum: spectrumOf(drawnThumbnail(1))!, aspect: 1 }]))).toEqual([]);
});
