import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import { scoreFilePlan } from '../../contract/requests/score-files.ts';
import { judgeThreshold } from '../../evaluation/judge-threshold.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { measureScoreFile } from '../score-file.ts';

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'likeness-studies-')); });
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...lines: string[]): string {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return join(folder, name);
}

async function measure(path: string, plan: Parameters<typeof scoreFilePlan.parse>[0] = {}): Promise<ScoreFileReport> {
  const steps = measureScoreFile({ path, plan: scoreFilePlan.parse({ replicates: 50, ...plan as object }) });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

/** Ten people a split of three samples each; every pair once. */
function everyPair(): { line: string; score: number; isMated: boolean; split: string }[] {
  const random = seededRandom(5);
  return ['dev', 'eval'].flatMap((split) => {
    const samples = Array.from({ length: 30 }, (_, at) => ({ name: `${split}${at}`, subject: `${split}-p${at % 10}`, place: at < 15 ? 'in' : 'out', quality: at }));
    return samples.flatMap((one, first) => samples.slice(first + 1).map((other) => {
      const isMated = one.subject === other.subject;
      const score = Number((random() + (isMated ? 0.6 : 0)).toFixed(6));
      const cells = [score, Number(isMated), one.subject, other.subject, one.name, other.name, split, one.place, other.place, one.quality, other.quality];
      return { line: cells.join(','), score, isMated, split };
    }));
  });
}

const header = 'score,mated,subject_a,subject_b,sample_a,sample_b,split,place_a,place_b,quality_a,quality_b';
const pairs = everyPair();

describe('rows of a development split', () => {
  it('choose the thresholds and calibrations whose errors are read on the others, and are not judged', async () => {
    const report = await measure(write('split.csv', header, ...pairs.map(({ line }) => line)), { targets: [0.1, 0.001] });
    expect(report).toMatchObject({ matedCount: 30, nonMatedCount: 405, development: { matedCount: 30, nonMatedCount: 405 } });
    const [chosen, refused] = report.development!.thresholds;
    const column = (isMated: boolean): Float64Array => Float64Array.from(pairs.filter((pair) => pair.split === 'eval' && pair.isMated === isMated), ({ score }) => score);
    const { fmr, fnmr } = judgeThreshold({ mated: column(true), nonMated: column(false) }, chosen!.threshold!);
    expect(chosen).toMatchObject({ refusal: null, fmr: { value: fmr, low: expect.any(Number) }, fnmr: { value: fnmr } });
    expect(chosen!.developmentFmr!).toBeLessThanOrEqual(0.1);
    expect(refused).toMatchObject({ threshold: null, fmr: null, refusal: expect.stringMatching(/of 1e-3 needs at least 1,000 non-mated comparisons; there are 405/) });
    expect(report.development!.calibration).toMatchObject({ fittedOn: { mated: 30, nonMated: 405 }, maps: [{ kind: 'logistic', refusal: null }, { kind: 'isotonic', refusal: null }] });
  });

  it('are judged where there are no others', async () => {
    const report = await measure(write('dev.csv', header, ...pairs.filter(({ split }) => split === 'dev').map(({ line }) => line)));
    expect(report).toMatchObject({ matedCount: 30, nonMatedCount: 405, development: null });
  });

  it('leave no identity that leaked out of them in the others', async () => {
    const leak = '0.99,1,dev-p1,dev-p1,x1,x2,eval,in,in,1,1';
    const report = await measure(write('leak.csv', header, ...pairs.map(({ line }) => line), leak));
    expect(report.guards).toEqual([{ reason: 'leaked-identity', count: 1, examples: ['dev-p1 in dev and eval'] }]);
    expect(report.matedCount).toBe(30);
  });
});

describe('studies of a score file', () => {
  const judged = pairs.filter(({ split }) => split === 'eval').map(({ line }) => line);

  it('tell the groups of a column at one threshold, and quality that is of use or not', async () => {
    const { studies } = await measure(write('groups.csv', header, ...judged), { slice: 'place', threshold: 0.8, studies: ['discard', 'zoo'] });
    expect(studies.slices).toMatchObject({ column: 'place', threshold: 0.8, groups: [{ name: 'in', subjects: 10, samples: 15 }, { name: 'out', subjects: 10, samples: 15 }], unknown: 0 });
    if (!('fmr' in studies.slices!)) throw new Error('no slices');
    expect(studies.slices.fmr[0]![1]).toMatchObject({ comparisons: 15 * 15 - 20 });
    expect(studies.discard).toMatchObject({ threshold: 0.8, comparisons: 30, steps: expect.arrayContaining([expect.objectContaining({ discarded: 0 })]) });
    expect(studies.zoo).toMatchObject({ subjects: expect.any(Array), unplaced: [] });
  });

  it('make searches of a gallery and probes: N, ranks, and strangers that are let in', async () => {
    const rows = [
      ['0.9', 1, 'ann', 'ann', 'g1', 'x'], ['0.2', 0, 'bob', 'ann', 'g2', 'x'], // found
      ['0.4', 1, 'bob', 'bob', 'g2', 'y'], ['0.4', 0, 'ann', 'bob', 'g1', 'y'], // a tie counts against it
      ['0.7', 0, 'ann', 'cleo', 'g1', 'z'], ['0.1', 0, 'bob', 'cleo', 'g2', 'z'], // a stranger
    ].map((cells) => cells.join(','));
    const { studies } = await measure(write('searches.csv', 'score,mated,subject_a,subject_b,sample_a,sample_b', ...rows), { studies: ['identification'], targets: [1, 0], replicates: 0 });
    expect(studies.identification).toMatchObject({
      enrolled: 2, matedSearches: 2, nonMatedSearches: 1, cmc: { rates: [0.5, 1] },
      openSet: { points: [{ target: 1, dir: 1 }, { target: 0, fpir: 0, threshold: 0.9, fnir: 0.5, dir: 0.5 }] },
    });
  });

  it('refuse searches that saw a part of the gallery only, as in a list of every pair once', async () => {
    const { studies } = await measure(write('once.csv', header, ...judged), { studies: ['identification'], replicates: 0 });
    expect(studies.identification).toEqual({ refusal: expect.stringMatching(/^\d+ of 29 searches were not compared with all 10 subjects of subject_a/) });
  });

  it('give searches the intervals that an evaluation gives them, over those who are searched for', async () => {
    const [gallery, strangers] = [Array.from({ length: 12 }, (_, at) => `p${at}`), Array.from({ length: 12 }, (_, at) => `q${at}`)];
    const scoreOf = (one: number, other: number): number => ((one * 37 + other * 53) % 100) / 100;
    const rows = [...gallery, ...strangers].flatMap((person, probe) => gallery.map((enrolled, at) => {
      const isMate = person === enrolled;
      return [(isMate ? 0.6 + 0.5 * scoreOf(probe, at) : scoreOf(probe, at)).toFixed(2), isMate ? 1 : 0, enrolled, person, `${enrolled}-1`, `${person}-2`].join(',');
    }));
    const { studies } = await measure(write('people.csv', 'score,mated,subject_a,subject_b,sample_a,sample_b', ...rows), { studies: ['identification'], targets: [0.25], replicates: 200 });
    const found = studies.identification!;
    if (!('cmc' in found) || !('rates' in found.cmc) || !('points' in found.openSet)) throw new Error('no searches');
    for (const rate of [found.cmc.rates[0]!, found.openSet.points[0]!.fnir, found.openSet.points[0]!.dir]) {
      if (typeof rate === 'number') throw new Error('no interval');
      expect(rate.low).toBeLessThan(rate.value);
      expect(rate.high).toBeGreaterThan(rate.value);
      expect(rate.low).toBeGreaterThanOrEqual(0);
      expect(rate.high).toBeLessThanOrEqual(1);
    }
  });

  it('normalise by a cohort: a reference that resembles everybody is put in its place', async () => {
    const rows = ['0.9,1,a,a,a1,a2', '0.8,0,a,b,a1,b1', '0.5,1,b,b,b1,b2', '0.3,0,b,c,b1,c1'];
    const cohort = write('cohort.csv', 'sample,score', ...[['a1', 0.6, 0.7, 0.8], ['a2', 0.1, 0.2, 0.3], ['b1', 0.1, 0.2, 0.3], ['b2', 0.1, 0.2, 0.3], ['c1', 0, 0.1, 0.2]]
      .flatMap(([sample, ...scores]) => scores.map((score) => `${sample!},${score}`)));
    const file = write('raw.csv', 'score,mated,subject_a,subject_b,sample_a,sample_b', ...rows);
    const { studies } = await measure(file, { cohort, replicates: 0, targets: [0.5] });
    expect(studies.normalization).toMatchObject({ cohort: 3, rows: [{ kind: 'none' }, { kind: 'z' }, { kind: 't' }, { kind: 's' }] });
    if (!('rows' in studies.normalization!)) throw new Error('not normalised');
    const [raw, z] = studies.normalization.rows;
    expect([raw!.eer, z!.eer]).toEqual([0.5, 0]);
    const short = write('short.csv', 'sample,score', 'a1,0.5', 'a1,0.6', 'b1,0.4');
    expect((await measure(file, { cohort: short })).studies.normalization).toMatchObject({ refusal: expect.stringMatching(/b1 has 1 cohort scores, others have 2/) });
  });

  it('count a sample in each group of a column that tells comparisons apart', async () => {
    const rows = [['0.9', 1, 'a', 'a', 'a1', 'a2', 'day'], ['0.2', 0, 'a', 'b', 'a1', 'b1', 'night'], ['0.1', 0, 'b', 'c', 'b1', 'c1', '']].map((cells) => cells.join(','));
    const { studies } = await measure(write('light.csv', 'score,mated,subject_a,subject_b,sample_a,sample_b,light', ...rows), { slice: 'light', threshold: 0.5 });
    expect(studies.slices).toMatchObject({ groups: [{ name: 'day', samples: 2 }, { name: 'night', samples: 2 }], unknown: 1 });
  });

  it('say why they are not there', async () => {
    const bare = write('bare.csv', 'score,mated', '0.9,1', '0.1,0');
    const { studies } = await measure(bare, { studies: ['identification', 'zoo', 'discard'], slice: 'place', threshold: 0.5 });
    expect(studies).toMatchObject({
      identification: { refusal: expect.stringMatching(/sample_b/) }, zoo: { refusal: expect.stringMatching(/names no subjects/) },
      discard: { refusal: expect.stringMatching(/no column quality_a/) }, slices: { refusal: expect.stringMatching(/names no subjects/) },
    });
  });
});
