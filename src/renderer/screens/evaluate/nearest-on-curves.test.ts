import { expect, it } from 'vitest';
import { nearestOnCurves } from './nearest-on-curves.ts';

const point = (fmr: number, fnmr: number) => ({ threshold: 0.5, fmr, fnmr, low: null, high: null });
const place = ({ fmr, fnmr }: { fmr: number; fnmr: number }) => ({ x: fmr * 100, y: fnmr * 100 });

it('finds the point of any curve that is nearest on the screen', () => {
  const curves = [{ name: 'one', points: [point(0.1, 0.1), point(0.5, 0.5)] }, { name: 'two', points: [point(0.5, 0.8)] }];
  expect(nearestOnCurves(curves, { x: 50, y: 78 }, place)).toMatchObject({ name: 'two', x: 50, y: 80 });
  expect(nearestOnCurves([], { x: 0, y: 0 }, place)).toBeNull();
});
