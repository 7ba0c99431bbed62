import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestInput } from '../../contract/requests.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { ColumnStudies, NormalizedFigures } from '../../contract/requests/score-files.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, refusal, trainModel, writeFiles, writePeople } from '../test-support/laboratory.ts';

const people = Array.from({ length: 16 }, (_, at) => `p${at + 1}`);
const pictures = ['1', '2', '3'];

let laboratory: Laboratory;
let images: string;
beforeAll(async () => {
  laboratory = await openLaboratory();
  await trainModel(laboratory);
  images = writeFiles(join(laboratory.home, 'protocol'), Object.fromEntries(people.flatMap((who, at) =>
    pictures.map((which) => [`${who}/${which}.png`, `face ${who} ${which} q${10 + at + Number(which)}`]))));
});
afterAll(() => laboratory.leave());

const write = (name: string, ...lines: string[]): string => {
  const file = join(laboratory.home, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

/** A gallery of first pictures and probes of the others, with the light that each was taken in, its angle, and the parts of its people. */
function gallery(splitOf: (at: number) => string = () => '', name = 'gallery.csv'): RequestInput<'protocols.run'>['source'] {
  const rows = people.flatMap((who, at) => pictures.map((which) => `${who}/${which}.png,${who},${which === '1' ? 'gallery' : 'probe'},${splitOf(at)},${at % 2 === 0 ? 'day' : 'night'},${at - 8}`));
  return { kind: 'gallery', file: write(name, 'path,subject,role,split,light,yaw', ...rows), images };
}

async function run(order: RequestInput<'protocols.run'>): Promise<ProtocolReport> {
  const { protocolId, jobId } = await laboratory.ask('protocols.run', { plan: { replicates: 40 }, ...order });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  return laboratory.ask('protocols.get', { protocolId });
}

/** The scores that a run wrote, by the names of their columns. */
function scoresOf({ folder }: ProtocolReport): Record<string, string>[] {
  const [header, ...lines] = readFileSync(join(folder, 'scores.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, at) => [header![at]!, cell])));
}

const told = (report: ProtocolReport): ColumnStudies => {
  if (report.columns === undefined || 'refusal' in report.columns) throw new Error('nothing is told of the columns');
  return report.columns;
};

const normalized = ({ figures: { studies: { normalization } } }: ProtocolReport): NormalizedFigures => {
  if (normalization === undefined || 'refusal' in normalization) throw new Error('not normalised');
  return normalization;
};

describe('the columns of a protocol', () => {
  it('are written beside the scores and studied at one threshold: groups, and errors by every column of numbers', async () => {
    const report = await run({ source: gallery() });
    expect(told(report)).toMatchObject({ columns: ['light', 'yaw', 'pipeline quality'], numeric: expect.arrayContaining(['yaw', 'pipeline quality']), refused: [] });
    const rows = scoresOf(report);
    expect(rows[0]).toMatchObject({ sample_a: 'p1/1.png', sample_b: 'p1/2.png', light_a: 'day', light_b: 'day', yaw_a: '-8', 'pipeline quality_a': '11', 'pipeline quality_b': '12' });

    const { threshold, slices, discards } = told(report);
    const [light] = slices;
    expect(light).toMatchObject({ column: 'light', threshold, groups: [{ name: 'day', samples: 24, subjects: 8 }, { name: 'night', samples: 24, subjects: 8 }], mixedMated: { comparisons: 0 }, unknown: 0 });
    expect(light!.fnmr.map(({ rate, reason }) => [rate, reason])).toEqual([[null, expect.stringMatching(/16 comparisons; at least 30/)], [null, expect.stringMatching(/at least 30/)]]);
    expect(discards.map(({ column, comparisons }) => [column, comparisons])).toEqual(expect.arrayContaining([['pipeline quality', 32], ['yaw', 32]]));

    const asked = await laboratory.ask('protocols.slices', { protocolId: report.id, column: 'light', threshold: 0.99, minimumComparisons: 10, minimumSubjects: 5 });
    const strict = rows.filter((row) => row['mated'] === '1' && row['light_a'] === 'night');
    expect(asked.fnmr[1]!.rate).toMatchObject({ value: strict.filter((row) => Number(row['score']) < 0.99).length / strict.length, low: expect.any(Number), high: expect.any(Number) });
    expect(await laboratory.ask('protocols.discard', { protocolId: report.id, column: 'yaw', threshold: 0.99 })).toMatchObject({ column: 'yaw', threshold: 0.99, comparisons: 32, unknown: 0 });
    expect((await refusal(laboratory.ask('protocols.slices', { protocolId: report.id, column: 'age', threshold: 0.5 }))).message).toMatch(/no column age/);

    expect(report.files).toEqual(expect.arrayContaining(['groups-light.csv', 'discard-yaw.svg', 'discard-yaw.csv', 'discard-pipeline-quality.svg']));
    const words = readFileSync(join(report.folder, 'report.md'), 'utf8');
    expect(words).toMatch(/## \d+\. Groups by light\n[^#]*\| day \| 8 \|/);
    expect(words).toMatch(/## \d+\. Error versus discard by pipeline quality\n[^#]*!\[discard-pipeline-quality\.svg\]/);
    const { folder, files } = await laboratory.ask('protocols.export', { protocolId: report.id, folder: join(laboratory.home, 'mine') });
    expect(files).toEqual(report.files);
    expect(readFileSync(join(folder, 'report.html'), 'utf8').match(/<svg /g)!.length).toBe(5);
  });

  it('come out of a CSV about the images for a protocol that tells nothing of them, and are refused where it names none', async () => {
    const metadata = write('metadata.csv', 'path,subject,age', ...people.flatMap((who, at) => pictures.map((which) => `${who}/${which}.png,${who},${at < 8 ? 'young' : 'old'}`)));
    const report = await run({ source: { kind: 'all-pairs', images }, metadata });
    expect(told(report).columns).toEqual(['age', 'pipeline quality']);
    expect(told(report).slices[0]!.fnmr[0]).toMatchObject({ comparisons: 24 });
    expect(report.manifest.metadata).toMatchObject({ path: metadata, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const foreign = await laboratory.ask('protocols.run', { source: { kind: 'all-pairs', images }, metadata: write('foreign.csv', 'path,age', 'elsewhere.png,9') });
    expect(await laboratory.finished(foreign.jobId)).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/foreign\.csv says nothing of these images: its first path is elsewhere\.png, the protocol's is p1\/1\.png/) } });
  });

  it('of one\'s own pairs may be of the two images, or of the comparison', async () => {
    const rows = people.flatMap((who, at) => [`${who}/1.png,${who}/2.png,1,day,night,${at % 2 === 0 ? 'near' : 'far'}`, `${who}/1.png,${people[(at + 1) % people.length]!}/3.png,0,day,day,near`]);
    const { columns } = await run({ source: { kind: 'pairs', file: write('own.csv', 'path_a,path_b,mated,light_a,light_b,distance', ...rows), images } });
    expect(columns).toMatchObject({ columns: ['light', 'distance', 'pipeline quality'], slices: [{ column: 'light', mixedMated: { comparisons: 16 } }, { column: 'distance' }] });
  });

  it('of a set are what all its images have in common, and their mean quality', async () => {
    const rows = people.flatMap((who, at) => ['1,a,day', `2,a,${at < 4 ? 'night' : 'day'}`, '3,b,day'].map((row) => row.split(',')).map(([which, set, light]) => `${who}/${which}.png,${who},${who}${set},${light}`));
    const report = await run({ source: { kind: 'sets', file: write('sets.csv', 'path,subject,set,light', ...rows), images } });
    const first = scoresOf(report).find((row) => row['sample_a'] === 'p1a' && row['sample_b'] === 'p5a');
    expect(first).toMatchObject({ light_a: '', light_b: 'day', 'pipeline quality_a': '11.5' });
  });

  it('are said to be lacking, in the window\'s place and in the report, where nothing is known', async () => {
    const bare = writePeople(join(laboratory.home, 'bare'), 6, 2);
    const report = await run({ source: { kind: 'all-pairs', images: bare } });
    expect(told(report)).toMatchObject({ columns: [], slices: [], discards: [] });
    const words = readFileSync(join(report.folder, 'report.md'), 'utf8');
    expect(words).toMatch(/## \d+\. Groups\n\nNothing is known of these images by which they could be told apart/);
    expect(words).toMatch(/## \d+\. Error versus discard\n\nNo quality is known of these images: the pipeline of Small judged none/);
    expect(words).toMatch(/## \d+\. Thresholds and calibration\n\nThresholds and calibrations are chosen on a development split/);
    expect(words).toMatch(/## \d+\. Score normalisation\n\nThere is nobody to normalise by/);
    expect(words).toMatch(/## \d+\. Identification\n\nNo identification: every pair stands once/);
  });
});

describe('the cohort of a protocol', () => {
  const dev = (at: number): string => (at < 8 ? 'dev' : 'eval');

  it('is the people of its development split, and normalises before and after', async () => {
    const report = await run({ source: gallery(dev, 'split.csv') });
    expect(report.cohort).toEqual({ people: 8, folder: null });
    expect(normalized(report)).toMatchObject({ cohort: 8, rows: [{ kind: 'none' }, { kind: 'z' }, { kind: 't' }, { kind: 's' }] });
    expect(normalized(report).rows[0]!.eer).toEqual(report.figures.eer);
    expect(report.files).toContain('cohort.csv');
    const lines = readFileSync(join(report.folder, 'cohort.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[0]!);
    expect([lines.length, new Set(lines).size, lines.some((name) => name.startsWith('p1/'))]).toEqual([24 * 8, 24, false]);
    const { jobId } = await laboratory.ask('scores.measure', { path: join(report.folder, 'scores.csv'), plan: { ...report.manifest.plan, cohort: join(report.folder, 'cohort.csv') } });
    await laboratory.finished(jobId);
    expect((await laboratory.ask('scores.get', { jobId })).studies).toEqual(report.figures.studies);
    expect(readFileSync(join(report.folder, 'report.md'), 'utf8')).toMatch(/## \d+\. Score normalisation\n\nBy a cohort of 8 people of the development split[^#]*\| Z-norm \|/);
    const { folder } = await laboratory.ask('protocols.export', { protocolId: report.id, folder: join(laboratory.home, 'split') });
    expect(readFileSync(join(folder, 'cohort.csv'))).toEqual(readFileSync(join(report.folder, 'cohort.csv')));
  });

  it('is a folder of other people, without those who are judged, and an image that gives no template stays an error', async () => {
    const cohort = writeFiles(join(laboratory.home, 'others'), {
      'q1/1.png': 'face q1 1', 'q1/2.png': 'face q1 2', 'q2/1.png': 'face q2 1', 'q3.png': 'face q3 1', 'p2/1.png': 'face p2 9', 'copy/1.png': 'face p3 1 q13',
    });
    const pairs = write('some.csv', 'path_a,path_b,mated', ...['p2', 'p3', 'p4', 'p5'].map((who) => `${who}/1.png,${who}/2.png,1`), 'p2/1.png,p3/1.png,0', 'p4/1.png,p5/1.png,0', 'p4/1.png,p4/none.png,1');
    const report = await run({ source: { kind: 'pairs', file: pairs, images }, cohort });
    expect(report.cohort).toEqual({ people: 3, folder: cohort });
    expect(report.manifest.cohort).toMatchObject({ path: cohort, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(report.figures.failures).toEqual({ mated: 1, nonMated: 0 });
    expect(normalized(report).rows).toHaveLength(4);
  });

  it('is refused where it is too small', async () => {
    const cohort = writeFiles(join(laboratory.home, 'alone'), { 'q1/1.png': 'face q1 1' });
    const report = await run({ source: gallery(), cohort });
    expect(report.cohort).toEqual({ refusal: expect.stringMatching(/alone has one person with a template who is not judged; a cohort needs 2/) });
    expect(report.figures.studies.normalization).toBeUndefined();
  });
});
