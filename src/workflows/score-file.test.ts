import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoreFileReport } from '../contract/requests/score-files.ts';
import { scoreFilePlan } from '../contract/requests/score-files.ts';
import { exactMetrics } from '../evaluation/test-support/exact-metrics.ts';
import type { ScoreFileProgress } from './score-file.ts';
import { measureScoreFile } from './score-file.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'likeness-scores-')); });
afterAll(() => rmSync(folder, { recursive: true }));

async function measure(text: string, plan: Parameters<typeof scoreFilePlan.parse>[0] = {}): Promise<{ report: ScoreFileReport; progress: ScoreFileProgress[] }> {
  const path = join(folder, 'scores.csv');
  writeFileSync(path, text);
  const steps = measureScoreFile({ path, plan: scoreFilePlan.parse(plan) });
  const progress: ScoreFileProgress[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { report: step.value, progress };
    progress.push(step.value);
  }
}

const rows = (...lines: string[]): string => `${lines.join('\n')}\n`;
const mated = ['0.9', '0.75', '0.5', '0.5', '1.25e-1'];
const nonMated = ['0.5', '0.3', '-0.2', '0.6', '0.1', '0.3'];
const plain = rows('score,mated', ...mated.map((score) => `${score},1`), ...nonMated.map((score) => `${score},0`));

describe('a score file', () => {
  it('gives the figures that exact arithmetic gives its rows', async () => {
    const { report } = await measure(plain, { targets: [0.2] });
    const exact = exactMetrics(mated, nonMated, ['0.2']);
    for (const name of ['eer', 'auc', 'dPrime'] as const) expect(report[name]).toBeCloseTo(exact[name], 12);
    expect(report.fnmrAtFmr).toMatchObject([{ target: 0.2, ...exact.fnmrAtFmr[0] }]);
    expect(report).toMatchObject({ rows: 11, matedCount: 5, nonMatedCount: 6, subjectCount: null, fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('is read with a byte order mark, Windows line ends, blank lines, quoted cells and any order of columns', async () => {
    const columns = rows('\uFEFFnote,mated,score\r', ...mated.map((score) => `"a, b",1,"${score}"\r`), '', ...nonMated.map((score) => `,0, ${score} `)).trimEnd();
    const [one, other] = [(await measure(columns)).report, (await measure(plain)).report];
    expect({ ...one, fileHash: other.fileHash }).toEqual(other);
  });

  it('has intervals where it names subjects, the same for the same seed', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => `${Math.sin(at * at) + (at % 3 === 0 ? 1 : 0)},${at % 3 === 0 ? 1 : 0},p${at % 10},p${at % 3 === 0 ? at % 10 : (at + 1) % 10}`);
    const text = rows('score,mated,subject_a,subject_b', ...lines);
    const { report, progress } = await measure(text, { replicates: 50 });
    expect(report.eer).toMatchObject({ value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) });
    expect(report).toMatchObject({ subjectCount: 10, confidence: 0.95 });
    expect(new Set(progress.slice(1).map(({ unit }) => unit))).toEqual(new Set(['resamples']));
    expect(progress.filter(({ unit, done }) => unit === 'resamples' && done < 50)).toHaveLength(5);
    expect(progress[0]).toEqual({ done: text.length, total: text.length, unit: 'bytes' });
    expect((await measure(text, { replicates: 50 })).report).toEqual(report);
    expect((await measure(text, { replicates: 50, seed: 2 })).report.eer).not.toEqual(report.eer);
    expect((await measure(text, { replicates: 0 })).report).toMatchObject({ eer: expect.any(Number), confidence: null });
  });

  it('of one kind, or of constant scores, has typed errors where figures do not exist', async () => {
    expect((await measure('score,mated\n1,1\n2,1\n')).report).toMatchObject({ eer: { error: { code: 'no-non-mated-scores' } } });
    expect((await measure('score,mated\n1,0\n')).report).toMatchObject({ auc: { error: { code: 'no-mated-scores' } } });
    expect((await measure('score,mated\n1,0\n1,1\n1,0\n1,1\n')).report).toMatchObject({ eer: 0.5, dPrime: { error: { code: 'no-spread' } } });
    for (const header of ['score,mated', 'score,mated,subject_a,subject_b']) {
      expect((await measure(`${header}\n`)).report).toMatchObject({ rows: 0, eer: { error: { code: 'no-mated-scores' } } });
    }
  });

  it.each([
    ['score,mated\n1,1\nnan,0\n', /score-not-a-number\): Row 2: the score is not a number/],
    ['score,mated\n1,1\ninf,0\n', /score-out-of-range\): Row 2/],
    ['score,mated\n1,maybe\n', /Row 1: mated is 'maybe', not 1 or 0/],
    ['score,mated\n"1,1\n', /Row 1: .*quotation mark opens a cell/],
    ['value,mated\n1,1\n', /has no column score; it has value, mated\.$/],
    ['Score,Mated\n1,1\n', /has no column score; it has Score, Mated\. Write score for Score\./],
    ['score;mated\n1,5;1\n', /has no column score; it has score;mated\. It is divided by ';': columns are divided by commas here, and decimals by points/],
    ['score\tmated\n1\t1\n', /It is divided by tabs/],
    ['score,mated\r1,1\r2,0\r', /carriage returns alone/],
    ['score,mated,mated\n1,1,0\n', /names the column mated twice/],
    ['score,mated,subject_a,subject_b,sample_a,sample_b\n1,1,a,a,1,2\n1,1,b,b,1,2\n', /Row 2: the sample 1 is of b, and of a in a row before. Every sample needs a name of its own, such as b\/1/],
    ['score,mated,subject_a,subject_b\n1,1,a,b\n', /Row 1: a and b are two subjects, yet called mated/],
    ['', /is empty/],
  ])('is refused by its file and row: %j', async (text, message) => {
    await expect(measure(text)).rejects.toMatchObject({ name: 'RequestError', code: 'invalid-input', message: expect.stringMatching(message) });
  });

  it('in another encoding is refused: two people could become one', async () => {
    const path = join(folder, 'latin1.csv');
    writeFileSync(path, Buffer.from('score,mated,subject_a,subject_b\n0.5,0,M\u00fcller,M\u00f6ller\n', 'latin1'));
    await expect(measureScoreFile({ path, plan: scoreFilePlan.parse({}) }).next()).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/latin1\.csv is not UTF-8 text\. Save it as UTF-8/) });
  });

  it('that is not there, or a folder, is refused', async () => {
    const first = (path: string) => measureScoreFile({ path, plan: scoreFilePlan.parse({}) }).next();
    await expect(first(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(first(folder)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(/is no file/) });
  });
});

describe('the guard over a score file', () => {
  const header = 'score,mated,subject_a,subject_b,sample_a,sample_b,split';
  const honest = ['0.6,1,a,a,a1,a2,', '0.3,1,b,b,b1,b2,', '0.4,0,a,b,a1,b1,', '0.2,0,a,b,a2,b2,'];

  it('leaves a planted self-match and a repeated pair out, names them, and shows what they would have given', async () => {
    const planted = ['1,1,a,a,a1,a1,', '1,1,b,b,b1,b1,', '0.6,1,a,a,a2,a1,'];
    const [clean, report] = [(await measure(rows(header, ...honest))).report, (await measure(rows(header, ...honest, ...planted))).report];
    expect(clean).toMatchObject({ guards: [], naive: null });
    expect(report.guards).toEqual([
      { reason: 'self-comparison', count: 2, examples: ['a1 with itself', 'b1 with itself'] },
      { reason: 'repeated-comparison', count: 1, examples: ['a2 with a1'] },
    ]);
    expect(report).toMatchObject({ rows: 7, matedCount: 2, nonMatedCount: 2, eer: clean.eer });
    expect(report.naive).toMatchObject({ matedCount: 5, eer: expect.any(Number) });
    expect(report.naive!.eer as number).toBeLessThan(report.eer as number);
  });

  it('still counts every row when it names one', async () => {
    await expect(measure(rows(header, '1,1,a,a,a1,a1,', ...honest, 'nan,1,a,a,a1,a5,'))).rejects.toMatchObject({ message: expect.stringMatching(/Row 6: /) });
  });

  it('names an identity that is in two splits', async () => {
    const { report } = await measure(rows(header, '0.6,1,a,a,a1,a2,dev', '0.7,1,a,a,a3,a4,eval', '0.1,0,b,c,b1,c1,eval'));
    expect(report.guards).toEqual([{ reason: 'leaked-identity', count: 1, examples: ['a in dev and eval'] }]);
  });
});
