import { describe, expect, it } from 'vitest';
import { curveFile, scoreFile } from './curve-file.ts';
import { rocCurve } from './roc.ts';

describe('files of curves and scores', () => {
  it('write a curve as one line a point', () => {
    const curve = rocCurve(Float64Array.of(0.5, 0.75), Float64Array.of(0.25, 0.5));
    expect(curveFile(curve)).toBe('threshold,fmr,fnmr,tmr\n0.25,1,0,1\n0.5,0.5,0,1\n');
  });

  it('read back to the same numbers', () => {
    const third = 1 / 3;
    const curve = rocCurve(Float64Array.of(third, 1e-9), Float64Array.of(third, 2, 0));
    const rows = curveFile(curve).trim().split('\n').slice(1).map((line) => line.split(',').map(Number));
    expect(rows.map(([threshold]) => threshold)).toEqual([...curve.thresholds]);
    expect(rows.map((row) => row[1])).toEqual([...curve.fmr]);
  });

  it('write scores in chunks, failures too', () => {
    const chunks = [...scoreFile({ mated: Float64Array.of(1, -Infinity), nonMated: new Float64Array(25_000) })];
    expect(chunks).toHaveLength(5);
    expect(chunks.slice(0, 2).join('')).toBe('kind,score\nmated,1\nmated,-Infinity\n');
    expect(chunks.join('').split('\n')).toHaveLength(25_004);
  });
});
