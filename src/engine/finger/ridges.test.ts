import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMON_PERIOD, gaborEnhance, likePrint, localContrast } from './enhance.ts';
import { blank, blur, mapPixels } from './grey-image.ts';
import { halfTurn } from './pointing.ts';
import { ridgeFlow } from './ridge-flow.ts';
import { firstRepeat, ridgePeriod } from './ridge-period.ts';
import { wave } from './test-support/known-fingers.ts';

const side = 120;
const centre = (side / 2) * side + side / 2;
const everywhere = mapPixels(blank(side, side), () => 1);
const anyAngle = fc.double({ min: 0, max: Math.PI, noNaN: true });

describe('straight ridges', () => {
  it('have the direction they were drawn in', () => {
    fc.assert(fc.property(anyAngle, fc.double({ min: 6, max: 14, noNaN: true }), (angle, period) => {
      const flow = ridgeFlow(wave(side, { period, angle }), 8);
      expect(Math.abs(halfTurn(flow.angle.data[centre]! - angle))).toBeLessThan(0.03);
      expect(flow.coherence.data[centre]).toBeGreaterThan(0.95);
    }), { numRuns: 12 });
  });

  it('have the period they were drawn in', () => {
    fc.assert(fc.property(anyAngle, fc.double({ min: 4, max: 9, noNaN: true }), (angle, period) => {
      expect(ridgePeriod(wave(side, { period, angle }), everywhere)! / period).toBeCloseTo(1, 1);
    }), { numRuns: 12 });
  });

  it('of the common period pass the filter of their direction, and not that across', () => {
    const ridges = mapPixels(wave(side, { period: COMMON_PERIOD, angle: 0.4 }), (value) => (value - 128) / 60);
    const along = gaborEnhance(ridges, { angle: mapPixels(ridges, () => 0.4) }, everywhere);
    const across = gaborEnhance(ridges, { angle: mapPixels(ridges, () => 0.4 + Math.PI / 2) }, everywhere);
    expect(along.data[centre]).toBeCloseTo(ridges.data[centre]!, 1);
    expect(Math.abs(across.data[centre]!)).toBeLessThan(0.02);
  });
});

describe('light', () => {
  it('is blurred without loss, by the same spread narrow or wide', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 9, noNaN: true }), (sigma) => {
      const { data } = blur({ ...blank(side, side), data: blank(side, side).data.fill(1, centre, centre + 1) }, sigma);
      const spread = data.reduce((sum, value, at) => sum + value * ((at % side) - side / 2) ** 2, 0);
      expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);
      expect(Math.abs(Math.sqrt(spread) / sigma - 1)).toBeLessThan(0.1);
    }), { numRuns: 20 });
  });

  it('that is even has no period, and gives no answer of a filter', () => {
    const even = mapPixels(everywhere, () => 90);
    expect(ridgePeriod(even, everywhere)).toBeNull();
    expect(firstRepeat(new Float64Array(60), { shortest: 4, longest: 12 })).toBeNull();
    expect(Math.abs(gaborEnhance(even, ridgeFlow(even, 8), everywhere).data[centre]!)).toBeLessThan(1e-3);
  });

  it('that falls across the finger is levelled by local contrast', () => {
    const ridges = wave(side, { period: COMMON_PERIOD, angle: 0 });
    const shaded = mapPixels(ridges, (value, at) => value * (0.3 + 0.7 * ((at % side) / side)));
    const [plain, levelled] = [localContrast(ridges, everywhere), localContrast(shaded, everywhere)];
    expect(plain.data.reduce((sum, value, at) => sum + Math.abs(value - levelled.data[at]!), 0) / plain.data.length).toBeLessThan(0.1);
  });
});

it('a photo becomes like a print by changing dark with bright and left with right', () => {
  const ridges = { width: 2, height: 1, data: Float32Array.of(1, -1) };
  const [left, right] = likePrint(ridges, { ...ridges, data: Float32Array.of(1, 1) }).data;
  expect(left).toBeGreaterThan(250);
  expect(right).toBeLessThan(5);
});
