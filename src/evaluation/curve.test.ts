import { describe, expect, it } from 'vitest';
import { downsampleForDrawing } from './curve.ts';
import { detCurve } from './det.ts';
import { seededRandom } from './random.ts';
import { rocCurve } from './roc.ts';

const random = seededRandom(3);
const mated = Float64Array.from({ length: 3000 }, () => random() + 0.4);
const nonMated = Float64Array.from({ length: 30_000 }, () => random() * random());

describe('a curve thinned for drawing', () => {
  const full = rocCurve(mated, nonMated);
  const drawn = downsampleForDrawing(full, 200);

  it('has at most the points asked for, both ends among them', () => {
    expect(drawn.fmr.length).toBeLessThanOrEqual(200);
    expect(drawn.fmr[0]).toBe(1);
    expect(drawn.fmr.at(-1)).toBe(full.fmr.at(-1));
    expect(drawn.tmr.at(-1)).toBe(full.tmr.at(-1));
  });

  it('holds original points only, in order', () => {
    let position = -1;
    drawn.thresholds.forEach((threshold, index) => {
      const found = full.thresholds.indexOf(threshold);
      expect(found).toBeGreaterThan(position);
      expect(drawn.fmr[index]).toBe(full.fmr[found]);
      expect(drawn.fnmr[index]).toBe(full.fnmr[found]);
      position = found;
    });
  });

  it('moves no point sideways by more than one column of the logarithmic axis', () => {
    const decades = Math.log10(full.fmr[0]!) - Math.log10(full.fmr.at(-1)!);
    full.fmr.forEach((fmr, index) => {
      const nearest = Math.min(
        ...[...drawn.fmr].map((kept, at) =>
          drawn.fnmr[at]! >= full.fnmr[index]! ? Math.abs(Math.log10(kept) - Math.log10(fmr)) : Infinity,
        ),
      );
      expect(nearest).toBeLessThanOrEqual(decades / 100 + 1e-12);
    });
  }, 60_000);

  it('is left alone when short, empty or a single vertical line', () => {
    const short = rocCurve(Float64Array.of(1, 2), Float64Array.of(0, 1));
    expect(downsampleForDrawing(short, 10)).toBe(short);
    const empty = detCurve(Float64Array.of(3), Float64Array.of(1));
    expect(downsampleForDrawing(empty, 2).fmr).toHaveLength(0);
    const vertical = detCurve(Float64Array.of(0, 1, 2, 3, 4), Float64Array.of(9));
    expect([...downsampleForDrawing(vertical, 2).fnmr]).toEqual([0.2, 1]);
  });

  it('is refused for fewer than two points', () => {
    expect(() => downsampleForDrawing(full, 1)).toThrow(/at least 2/);
    expect(() => downsampleForDrawing(full, NaN)).toThrow(/at least 2/);
  });
});
