import { describe, expect, it } from 'vitest';
import { scoreCollector } from './score-rows.ts';

function collect(header: string, ...rows: string[]) {
  const collector = scoreCollector(header.split(','));
  for (const row of rows) collector.add(row.split(','));
  return collector.finish();
}

describe('rows of a score file', () => {
  it('become scores by kind, with subjects and every other column', () => {
    const collected = collect('device,score,subject_b,mated,subject_a', 'cam,0.5,,1,ann', 'phone,-1e-3,bob,0,ann', 'cam,.25,bob,TRUE,bob');
    expect(collected.attributed).toEqual({
      mated: Float64Array.of(0.5, 0.25),
      matedSubjects: Int32Array.of(0, 1),
      nonMated: Float64Array.of(-0.001),
      nonMatedFirst: Int32Array.of(0),
      nonMatedSecond: Int32Array.of(1),
    });
    expect(collected.subjects).toEqual(['ann', 'bob']);
    expect(collected.metadata).toEqual([
      { name: 'device', values: ['cam', 'phone'], mated: Int32Array.of(0, 0), nonMated: Int32Array.of(1) },
    ]);
  });

  it('need no subjects, and take failures as the worst score', () => {
    const { scores, attributed } = collect('score,mated', '-inf,1', '-Infinity,0', ' 3 ,0');
    expect(scores).toEqual({ mated: Float64Array.of(-Infinity), nonMated: Float64Array.of(-Infinity, 3) });
    expect(attributed).toBeUndefined();
  });

  it('are refused with their number and the reason', () => {
    const cases: [string, string, RegExp][] = [
      ['score,mated', 'NaN,1', /Row 1: the score is not a number/],
      ['score,mated', 'inf,1', /Row 1: the score inf must be finite/],
      ['score,mated', '1e999,1', /must be finite/],
      ['score,mated', ',1', /Row 1: the score is ''/],
      ['score,mated', '0x10,1', /the score is '0x10'/],
      ['score,mated', '1,yes', /mated is 'yes', not 1 or 0/],
      ['score,mated', '1', /mated is ''/],
      ['score,mated,subject_a', '1,0,ann', /a subject is missing/],
      ['score,mated,subject_a', '1,1,', /a subject is missing/],
      ['score,mated,subject_a,subject_b', '1,1,ann,bob', /ann and bob are two subjects/],
      ['score,genuine', '1,1', /no column mated/],
    ];
    for (const [header, row, message] of cases) expect(() => collect(header, row), row).toThrow(message);
  });
});
