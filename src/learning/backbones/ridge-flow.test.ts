import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { ridgeFlow } from './ridge-flow.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const SIDE = 40;

/** Ridges of 4 pixels that run at `angle`, times `height`; 0 is mid-grey. */
function ridges(angle: number, height: number): tf.Tensor4D {
  const values = Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    return height * Math.sin((2 * Math.PI * (y * Math.cos(angle) - x * Math.sin(angle))) / 4);
  });
  return tf.tensor4d(values, [1, SIDE, SIDE, 1]);
}

/** The vector of the middle cell. */
const middle = (images: tf.Tensor4D): number[] => [...tf.tidy(() => tf.slice(ridgeFlow(images), [0, 2, 2, 0], [1, 1, 1, 2]).dataSync())];

test.each([0, 0.3, 0.8, 1.4, 2.2, 3])('ridges that run at %d radians give twice the angle, about a unit long', (angle) => {
  const [x, y] = middle(ridges(angle, 1));
  // Differences over two pixels are no slopes at four pixels a ridge: the doubled angle is up to 15 degrees off.
  expect((x! * Math.cos(2 * angle) + y! * Math.sin(2 * angle)) / Math.hypot(x!, y!)).toBeGreaterThan(Math.cos(Math.PI / 12));
  expect(Math.hypot(x!, y!)).toBeGreaterThan(0.85);
});

test('what is ridge and what is valley does not matter, nor much how strong they are', () => {
  const [one, other, weak] = [middle(ridges(0.7, 1)), middle(ridges(0.7, -1)), middle(ridges(0.7, 0.6))];
  expect(other).toEqual(one);
  for (const [at, value] of weak.entries()) expect(Math.abs(value - one[at]!)).toBeLessThan(0.15);
});

test('even ground has no flow, and a cell is 8 pixels', () => {
  const flow = ridgeFlow(tf.fill([2, 48, 40, 3], 0.4));
  expect(flow.shape).toEqual([2, 6, 5, 2]);
  expect(Math.max(...flow.dataSync().map(Math.abs))).toBe(0);
});
