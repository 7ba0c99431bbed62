import { describe, expect, test } from 'vitest';
import type { Augmentation } from '../../contract/recipe/network.ts';
import { randomStream } from '../random.ts';
import { augment } from './augment.ts';
import type { Picture } from './augment.ts';
import { bendTone } from './bend-tone.ts';
import { defocus } from './defocus.ts';
import { shineLamp } from './glare.ts';
import { bendPlane } from './plane.ts';
import type { Plane } from './plane.ts';

const off: Augmentation = { flip: 0, crop: 0, rotationDegrees: 0, brightness: 0, contrast: 0, blur: 0, occlusion: 0, tiltDegrees: 0, scale: 0, distortion: 0, defocus: 0, glare: 0, tone: 0 };
const flat: Plane = { tilt: 0, axis: 0, scale: 1, waves: [] };
const SIDE = 41;
const of = (value: (x: number, y: number) => number, channels = 1): Picture => ({
  width: SIDE, height: SIDE, channels,
  values: Float32Array.from({ length: SIDE * SIDE * channels }, (_, index) => value(Math.floor(index / channels) % SIDE, Math.floor(index / channels / SIDE))),
});
const at = ({ values }: Picture, x: number, y: number): number => values[y * SIDE + x]!;
const middle = (SIDE - 1) / 2;

describe('a plane', () => {
  test('that lies flat and still gives the picture back', () => {
    const picture = of((x, y) => (x * 7 + y * 3) % 256);
    bendPlane(picture, flat).values.forEach((value, index) => { expect(value).toBeCloseTo(picture.values[index]!, 3); });
  });

  test('that is seen larger moves its points from the middle', () => {
    const seen = bendPlane(of((x) => 6 * x), { ...flat, scale: 2 });
    expect(at(seen, middle, middle)).toBeCloseTo(6 * middle, 3);
    expect(at(seen, middle + 10, middle)).toBeCloseTo(6 * (middle + 5), 3);
  });

  test('tilted about an upright axis is foreshortened across it, and its nearer side looks larger', () => {
    // The camera is 4 widths away; a point v widths along a plane tilted by t is seen at 4 v cos t / (4 + v sin t).
    const tilt = Math.PI / 3;
    const seen = bendPlane(of((x) => 6 * x), { ...flat, tilt, axis: Math.PI / 2 });
    for (const v of [-0.3, -0.1, 0.2, 0.4]) {
      const pixel = middle - (SIDE * 4 * v * Math.cos(tilt)) / (4 + v * Math.sin(tilt));
      const [left, share] = [Math.floor(pixel), pixel - Math.floor(pixel)];
      const value = (1 - share) * at(seen, left, middle) + share * at(seen, left + 1, middle);
      expect(value / 6).toBeCloseTo(middle - SIDE * v, 0);
    }
  });

  test('stretched by a wave moves its points by no more than asked', () => {
    const stretched = bendPlane(of((x) => 6 * x), { ...flat, waves: [{ move: { x: 0.05, y: 0 }, bearing: 0, length: 1, phase: 0.4 }] });
    const moves = Array.from({ length: SIDE }, (_, x) => Math.abs(at(stretched, x, middle) / 6 - x));
    expect(Math.max(...moves)).toBeLessThanOrEqual(0.05 * SIDE + 1e-3);
    expect(Math.max(...moves)).toBeGreaterThan(1);
  });
});

describe('a lens out of focus', () => {
  test('makes a disc of a point, of the same light', () => {
    const point = of((x, y) => (x === middle && y === middle ? 1000 : 0));
    const { values } = defocus(point, 3);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1000, 2);
    const disc = { ...point, values };
    expect(at(disc, middle + 2, middle)).toBeCloseTo(at(disc, middle, middle), 5);
    expect(at(disc, middle + 4, middle)).toBe(0);
  });

  test('leaves even ground alone, and wipes out stripes finer than its disc', () => {
    expect([...new Set(defocus(of(() => 90), 2).values.map(Math.round))]).toEqual([90]);
    const stripes = defocus(of((x) => (x % 4 < 2 ? 255 : 0)), 4);
    expect(Math.abs(at(stripes, middle, middle) - at(stripes, middle + 2, middle))).toBeLessThan(40);
  });
});

test('a lamp adds light, most at one spot, and never beyond white', () => {
  const lit = of(() => 100);
  shineLamp(lit, randomStream(3));
  const [least, most] = [Math.min(...lit.values), Math.max(...lit.values)];
  expect(least).toBeGreaterThanOrEqual(100);
  expect(most).toBeGreaterThan(least + 50);
  expect(most).toBeLessThanOrEqual(255);
});

test('a bent tone keeps black and white, and the order of greys', () => {
  const ramp = of((x) => (x * 255) / (SIDE - 1));
  bendTone(ramp, 2);
  expect([at(ramp, 0, 0), at(ramp, SIDE - 1, 0)]).toEqual([0, 255]);
  expect(at(ramp, middle, 0)).toBeCloseTo(63.75, 3);
});

test('a recipe without any of it draws the views that it always drew', () => {
  const picture = of((x, y) => (x * y) % 256);
  const [one, other] = [randomStream(8), randomStream(8)];
  augment(picture, { ...off, flip: 0.5, crop: 0.1, occlusion: 0.5 }, one);
  augment(picture, { ...off, flip: 0.5, crop: 0.1, occlusion: 0.5, glare: 0 }, other);
  expect(one.uint32()).toBe(other.uint32());
  for (const changes of [{ tiltDegrees: 30 }, { scale: 0.2 }, { distortion: 0.1 }, { defocus: 1 }, { glare: 1 }, { tone: 0.5 }]) {
    const changed = augment(picture, { ...off, ...changes }, randomStream(8)).values;
    expect(changed, JSON.stringify(changes)).not.toEqual(picture.values);
    expect(augment(picture, { ...off, ...changes }, randomStream(8)).values).toEqual(changed);
  }
});
