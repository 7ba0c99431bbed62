import { describe, expect, it } from 'vitest';
import { fittingView, inPixels, nearestPlace, nextPlace, spreadPlaces, zoomed } from './map-geometry.ts';

const size = { width: 400, height: 300 };
const points = [-2, 0, 2, 0, 0, 1, 0, -1];
const fitting = fittingView(points, size);

describe('the view of a map', () => {
  it('shows every point, up being up and both axes alike', () => {
    const pixels = inPixels(points, fitting);
    for (let at = 0; at < pixels.length; at += 2) {
      expect(pixels[at]).toBeGreaterThanOrEqual(18);
      expect(pixels[at]).toBeLessThanOrEqual(size.width - 18);
    }
    expect([...pixels]).toEqual([18, 150, 382, 150, 200, 59, 200, 241]);
  });

  it('exists for a single point and for none', () => {
    expect([...inPixels([5, 5], fittingView([5, 5], size))]).toEqual([200, 150]);
    expect(fittingView([], size).scale).toBe(1);
  });

  it('keeps what lies under the pointer there while it zooms, and ends at the whole', () => {
    const spot = { x: 382, y: 150 };
    const close = zoomed(fitting, { factor: 3, spot, fitting });
    expect([...inPixels([2, 0], close)]).toEqual([382, 150]);
    expect(close.scale).toBeCloseTo(3 * fitting.scale);
    expect(zoomed(close, { factor: 0.01, spot, fitting })).toEqual(fitting);
    expect(zoomed(close, { factor: 1e9, spot, fitting }).scale).toBe(60 * fitting.scale);
  });
});

describe('a point', () => {
  const pixels = inPixels(points, fitting);
  it('is found where it is near, and nowhere else', () => {
    expect(nearestPlace(pixels, { x: 375, y: 155 }, 12)).toBe(1);
    expect(nearestPlace(pixels, { x: 300, y: 100 }, 12)).toBe(-1);
  });

  it('is reached by arrows', () => {
    expect(nextPlace(pixels, 2, { x: 0, y: 1 })).toBe(3);
    expect(nextPlace(pixels, 0, { x: 1, y: 0 })).toBe(1);
    expect(nextPlace(pixels, 1, { x: 1, y: 0 })).toBe(-1);
  });
});

it('pictures are spread over the window, one in each square, none outside', () => {
  const pixels = [10, 10, 12, 12, 60, 10, 10, 60, -5, 10, 99, 99, 500, 10];
  expect(spreadPlaces(pixels, { width: 100, height: 100 }, 50)).toEqual([0, 2, 3, 5]);
  expect(spreadPlaces([], { width: 100, height: 100 }, 50)).toEqual([]);
});
