import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exactMetrics } from '../../evaluation/test-support/exact-metrics.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-scores-')); });
afterAll(() => rm(folder, { recursive: true }));

/** The real program in its own process. */
async function likeness(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'index.ts'), ...words, '--home', join(folder, 'home')]);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray() as Promise<string[]>);
  const code = await new Promise<number | null>((settle) => { child.once('close', settle); });
  return { code, stdout: (await stdout!).join(''), stderr: (await stderr!).join('') };
}

async function fileOf(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const mated = Array.from({ length: 40 }, (_, at) => (((at * 37) % 100) / 100 + 0.4).toFixed(2));
const nonMated = Array.from({ length: 150 }, (_, at) => (((at * 53) % 100) / 100).toFixed(2));
const csv = ['score,mated,subject_a,subject_b,camera',
  ...mated.map((score, at) => `${score},1,p${at % 8},,x`), ...nonMated.map((score, at) => `${score},0,p${at % 8},p${(at + 1 + (at % 6)) % 8},y`)].join('\n');

describe('likeness score-metrics FILE --json', () => {
  it('equals exact arithmetic to 1e-9, with intervals where subjects are named', async () => {
    const file = await fileOf('scores.csv', csv);
    const { code, stdout } = await likeness('score-metrics', file, '--json', '--replicates', '50', '--fmr', '0.1,0.01');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Record<'eer' | 'auc' | 'dPrime', { value: number; low: number; high: number }> & { fnmrAtFmr: { fnmr: { value: number } }[] };
    const exact = exactMetrics(mated, nonMated, ['0.1', '0.01']);
    for (const name of ['eer', 'auc', 'dPrime'] as const) {
      expect(Math.abs(report[name].value - exact[name]), name).toBeLessThan(1e-9);
      expect(report[name].low).toBeLessThanOrEqual(report[name].high);
    }
    exact.fnmrAtFmr.forEach(({ achieved, fnmr }, at) => expect(report.fnmrAtFmr[at]).toMatchObject({ achieved, fnmr: { value: expect.closeTo(fnmr, 9) } }));
  });

  it('says the same to people, and typed errors with exit code 1 for a file that is none', async () => {
    const text = (await likeness('score-metrics', await fileOf('scores.csv', csv), '--replicates', '20')).stdout;
    expect(text).toMatch(/^40 mated comparisons, 150 non-mated comparisons, 8 subjects/);
    expect(text).toMatch(/EER: +\d+ % \(\d+ to \d+ %\)/);
    expect(text).toMatch(/FMR1000 \(an FNMR\): +not supported by 150 comparisons/);
    const few = await fileOf('few.csv', 'score,mated,subject_a,subject_b\n0.1,1,a,\n0.2,1,b,\n0.7,0,a,b\n0.9,0,b,c\n');
    expect((await likeness('score-metrics', few)).stdout).toMatch(/EER: +100 %\n[^]*If these are distances, turn their signs[^]*3 subjects cannot give one, 5 or more can/);
    expect((await likeness('score-metrics', few, '--replicates', '0')).stdout).toMatch(/No intervals: none were wanted/);
    const copies = await fileOf('copies.csv', 'score,mated,sample_a,sample_b\n1,1,a,a\n0.1,0,a,b\n');
    expect((await likeness('score-metrics', copies)).stdout).toMatch(/would report an EER of 0 % instead of none\.\n/);
    const cut = await likeness('score-metrics', await fileOf('cut.csv', 'score,mated,note\n0.5,1,"over\ntwo lines"\n0.1,0,\n'));
    expect(cut).toMatchObject({ code: 1, stderr: expect.stringMatching(/Row 1: a quotation mark opens a cell that does not end in its line/) });
    const failed = await likeness('score-metrics', await fileOf('failed.csv', 'score,mated\n-inf,1\n-inf,0\n'));
    expect(failed.stdout).toMatch(/1e-1 +0 +any score +100 %/);
    const broken = await likeness('score-metrics', await fileOf('broken.csv', 'score,mated\n0.5,1\nnan,0\n'), '--json');
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringMatching(/Row 2: the score is not a number/) });
    expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: 'invalid-input' } });
  });
});
