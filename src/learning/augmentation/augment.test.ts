import { describe, expect, test } from 'vitest';
import type { Augmentation } from '../../contract/recipe/network.ts';
import { randomStream } from '../random.ts';
import { augment } from './augment.ts';
import type { Picture } from './augment.ts';
import { warp } from './warp.ts';

const off: Augmentation = { flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0, tiltDegrees: 0, scale: 0, distortion: 0, defocus: 0, glare: 0, tone: 0 };
const picture = (channels = 1): Picture => ({
  width: 7, height: 5, channels, values: Float32Array.from({ length: 35 * channels }, (_, index) => (index * 37) % 256),
});
const view = (chances: Partial<Augmentation>, seed = 1, channels = 1): number[] =>
  [...augment(picture(channels), { ...off, ...chances }, randomStream(seed, 'view')).values];
const still = { mirrored: false, zoom: 1, shiftX: 0, shiftY: 0, turn: 0 };

describe('augmentation', () => {
  test('with everything off gives the picture back, and never changes the original', () => {
    const original = picture(3);
    const copy = original.values.slice();
    expect(view({}, 1, 3)).toEqual([...copy]);
    augment(original, { ...off, brightness: 1, occlusion: 1 }, randomStream(1));
    expect(original.values).toEqual(copy);
  });

  test('gives the same view for the same stream, another for another', () => {
    const all = { flip: 0.5, crop: 0.2, rotationDegrees: 20, brightness: 0.2, contrast: 0.2, blur: 0.5, occlusion: 0.5 };
    expect(view(all, 5)).toEqual(view(all, 5));
    expect(view(all, 5)).not.toEqual(view(all, 6));
  });

  test('keeps every value within 0 to 255', () => {
    for (let seed = 0; seed < 30; seed++) {
      const values = view({ tiltDegrees: 60, scale: 0.5, distortion: 0.2, defocus: 1, glare: 1, tone: 1, brightness: 1, contrast: 1, crop: 0.5, rotationDegrees: 180, occlusion: 1, blur: 1 }, seed, 3);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(255);
    }
  });

  test('mirrors left and right, each channel by itself', () => {
    const { values } = warp(picture(3), { ...still, mirrored: true });
    const source = picture(3).values;
    for (let row = 0; row < 5; row++) for (let column = 0; column < 7; column++) for (let channel = 0; channel < 3; channel++) {
      expect(values[(row * 7 + column) * 3 + channel]).toBeCloseTo(source[(row * 7 + 6 - column) * 3 + channel]!, 3);
    }
  });

  test('turned by 180 degrees is the picture from its end', () => {
    const { values } = warp(picture(), { ...still, turn: Math.PI });
    [...picture().values].reverse().forEach((value, index) => { expect(values[index]).toBeCloseTo(value, 3); });
  });

  test('a zoom shows the middle larger', () => {
    const ramp: Picture = { width: 9, height: 9, channels: 1, values: Float32Array.from({ length: 81 }, (_, index) => 10 * (index % 9)) };
    const { values } = warp(ramp, { ...still, zoom: 0.5 });
    expect(values[4]).toBeCloseTo(40, 4);
    expect(values[8]).toBeCloseTo(60, 4);
  });

  test('blur leaves an even ground and its mean alone, and lowers a peak', () => {
    const even: Picture = { width: 4, height: 4, channels: 1, values: new Float32Array(16).fill(100) };
    expect([...augment(even, { ...off, blur: 1 }, randomStream(1)).values]).toEqual(new Array(16).fill(100));
    const peak: Picture = { width: 5, height: 5, channels: 1, values: new Float32Array(25) };
    peak.values[12] = 160;
    const { values } = augment(peak, { ...off, blur: 1 }, randomStream(1));
    expect([values[12], values[11], values[6], values[0]]).toEqual([40, 20, 10, 0]);
  });

  test('occlusion covers a box with one grey', () => {
    const even: Picture = { width: 40, height: 40, channels: 1, values: new Float32Array(1600).fill(-1) };
    const { values } = augment(even, { ...off, occlusion: 1 }, randomStream(4));
    const covered = [...values].filter((value) => value !== -1);
    expect(new Set(covered).size).toBe(1);
    expect(covered.length).toBeGreaterThanOrEqual(36);
    expect(covered.length).toBeLessThanOrEqual(256);
  });
});
