import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProtocolReport, ProtocolSource } from '../../contract/requests/protocols.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, refusal, trainModel, writeFiles, writePeople } from '../test-support/laboratory.ts';

let laboratory: Laboratory;
let images: string;
beforeEach(async () => {
  laboratory = await openLaboratory();
  await trainModel(laboratory);
  images = writePeople(join(laboratory.home, 'protocol'), 8, 3);
});
afterEach(() => laboratory.leave());

const honest = ['p1/1.png,p1/2.png,1', 'p2/1.png,p2/2.png,1', 'p3/1.png,p3/3.png,1', 'p1/1.png,p2/1.png,0', 'p2/2.png,p3/1.png,0', 'p3/3.png,p4/1.png,0'];

function pairsFile(rows: readonly string[], header = 'path_a,path_b,mated'): ProtocolSource {
  const file = join(laboratory.home, 'pairs.csv');
  writeFileSync(file, [header, ...rows].join('\n'));
  return { kind: 'pairs', file, images };
}

async function run(source: ProtocolSource, studies: ('identification' | 'zoo')[] = []): Promise<ProtocolReport> {
  const { protocolId, jobId } = await laboratory.ask('protocols.run', { source, plan: { replicates: 20, studies } });
  expect(await laboratory.finished(jobId)).toMatchObject({ state: 'done' });
  return laboratory.ask('protocols.get', { protocolId });
}

describe('a protocol', () => {
  it('compares what it prescribes, and leaves scores from which the figures follow again', async () => {
    const report = await run(pairsFile(honest));
    expect(report.figures).toMatchObject({ rows: 6, matedCount: 3, nonMatedCount: 3, guards: [], naive: null });
    expect(report.folds).toBeNull();
    const { jobId } = await laboratory.ask('scores.measure', { path: join(report.folder, 'scores.csv'), plan: report.manifest.plan });
    await laboratory.finished(jobId);
    expect(await laboratory.ask('scores.get', { jobId })).toEqual(report.figures);
    const read = (file: string): string => readFileSync(join(report.folder, file), 'utf8');
    expect(JSON.parse(read('manifest.json'))).toEqual({ ...report.manifest, figures: report.figures });
    expect([...report.files].sort()).toEqual(['det-log.svg', 'det.svg', 'histogram.csv', 'histogram.svg', 'manifest.json', 'report.html', 'report.json', 'report.md', 'report.pdf', 'roc.csv', 'roc.svg', 'scores.csv']);
    expect(read('report.md')).toMatch(/## 5. Verification[^#]*\| EER \| [\d.]+ % \|[^#]*!\[roc.svg\]\(roc.svg\)/);
    expect(read('report.html').match(/<svg /g)).toHaveLength(3);
    expect(read('report.html')).not.toMatch(/<script|src=|href="http/);
  });

  it('draws its studies in the report, and gives no figure that its comparisons cannot support', async () => {
    const file = join(laboratory.home, 'gallery.csv');
    const rows = Array.from({ length: 24 }, (_, at) => `p${(at % 8) + 1}/${Math.floor(at / 8) + 1}.png,p${(at % 8) + 1},${at < 8 ? 'gallery' : 'probe'}`);
    writeFileSync(file, ['path,subject,role', ...rows].join('\n'));
    const report = await run({ kind: 'gallery', file, images, fusion: 'mean-template' }, ['identification', 'zoo']);
    expect(report.files).toEqual(expect.arrayContaining(['cmc.svg', 'cmc.csv', 'zoo.svg', 'zoo.csv']));
    const words = readFileSync(join(report.folder, 'report.md'), 'utf8');
    expect(words).toMatch(/Identification\n[^#]*!\[cmc.svg\][^#]*## \d+. People\n[^#]*!\[zoo.svg\]/);
    expect(words).toContain(`| 1e-4 | - | - | - | not supported by ${report.figures.nonMatedCount} comparisons |`);
    expect(words).toContain(`| FMR1000 (an FNMR) | not supported by ${report.figures.nonMatedCount} comparisons |`);
    expect(words).toMatch(/\| FMR100 \(an FNMR\) \| \d/);
  });

  it('is kept: listed, read again after a restart, exported, and its pairs are to be seen', async () => {
    const report = await run(pairsFile(honest));
    laboratory = await laboratory.reopen();
    const { ask } = laboratory;
    expect(await ask('protocols.list', {})).toMatchObject([{ id: report.id, kind: 'pairs', title: 'Own pairs', modelName: 'Small', mated: 3, nonMated: 3 }]);
    expect(await ask('protocols.get', { protocolId: report.id })).toEqual(JSON.parse(JSON.stringify(report)));
    const { total, samples, pairs } = await ask('protocols.pairs', { protocolId: report.id, kind: 'non-mated', threshold: -1 });
    expect([total, pairs.length]).toEqual([3, 3]);
    expect([...pairs].sort((one, other) => other.score - one.score)).toEqual(pairs);
    expect(samples[pairs[0]!.first]).toMatchObject({ subject: expect.stringMatching(/^p\d$/), imageIds: [expect.stringMatching(/^protocol-/)] });
    expect((await laboratory.desk.image(samples[0]!.imageIds[0]!, 64)).bytes.length).toBeGreaterThan(0);
    const { folder, files } = await ask('protocols.export', { protocolId: report.id, folder: join(laboratory.home, 'mine') });
    expect(readFileSync(join(folder, 'scores.csv'))).toEqual(readFileSync(join(report.folder, 'scores.csv')));
    expect(files).toContain('report.html');
    await ask('protocols.remove', { protocolId: report.id });
    expect(await ask('protocols.list', {})).toEqual([]);
  });

  it('gives the same hashes and figures again, and other hashes for other images', async () => {
    const [one, other] = [await run(pairsFile(honest)), await run(pairsFile(honest))];
    expect(other.manifest).toEqual(one.manifest);
    writeFiles(images, { 'p1/1.png': 'face p1 77' });
    const changed = (await run(pairsFile(honest))).manifest;
    expect(changed.protocolHash).toBe(one.manifest.protocolHash);
    expect(changed.imagesHash).not.toBe(one.manifest.imagesHash);
  });

  it('catches and names a planted self-match, a duplicated image and a leaked identity, and shows what they would have given', async () => {
    writeFiles(images, { 'p5/copy.png': 'face p5 1 ' });
    const rows = honest.map((row) => `${row},one`);
    const planted = ['p6/1.png,p6/1.png,1,one', 'p5/1.png,p5/copy.png,1,one', 'p1/1.png,p1/3.png,1,two', 'p7/1.png,p7/2.png,1,two', 'p7/1.png,p8/2.png,0,two'];
    const { figures, folds } = await run(pairsFile([...rows, ...planted], 'path_a,path_b,mated,split'));
    expect(figures.guards).toEqual([
      { reason: 'self-comparison', count: 1, examples: ['p6/1.png with itself'] },
      { reason: 'duplicated-image', count: 1, examples: ['p5/1.png shares an image with p5/copy.png'] },
      { reason: 'leaked-identity', count: 1, examples: ['p1 in one and two'] },
    ]);
    expect(figures).toMatchObject({ rows: 11, matedCount: 4, nonMatedCount: 4, naive: { matedCount: 7 } });
    expect(folds).toMatchObject({ folds: 2 });
  });

  it('names images that look like copies, of one person and of two, and compares them like all others', async () => {
    writeFiles(images, { 'p5/again.png': 'face p5 1 saved-again', 'p6/again.png': 'face p7 1 saved-again' });
    const { suspectedCopies, figures, folder } = await run(pairsFile([...honest, 'p5/1.png,p5/again.png,1', 'p6/again.png,p7/1.png,0']));
    expect(suspectedCopies).toEqual([
      { path: 'p7/1.png', of: 'p6/again.png', sameSubject: false, isMirrored: false },
      { path: 'p5/again.png', of: 'p5/1.png', sameSubject: true, isMirrored: false },
    ]);
    expect(figures).toMatchObject({ rows: honest.length + 2, guards: [] });
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('2 pairs of images look like copies of one photo (saved again, resized or mirrored), 1 of two subjects: p7/1.png and p6/again.png, said to be two subjects');
  });

  it('chooses thresholds on its development split, judges them on the other, and refuses those that it cannot support', async () => {
    const split = (name: string, people: readonly number[]): string[] => people.flatMap((one) => [
      ...[['1', '2'], ['1', '3'], ['2', '3']].map(([a, b]) => `p${one}/${a}.png,p${one}/${b}.png,1,${name}`),
      ...people.filter((other) => other > one).flatMap((other) => ['1', '2', '3'].map((which) => `p${one}/${which}.png,p${other}/${which}.png,0,${name}`)),
    ]);
    writePeople(images, 9, 3);
    const { id, figures, folds } = await run(pairsFile([...split('dev', [1, 2, 3, 4]), ...split('eval', [5, 6, 7, 8, 9])], 'path_a,path_b,mated,split'));
    expect(folds).toBeNull();
    expect(figures).toMatchObject({ rows: 75, matedCount: 15, nonMatedCount: 30, guards: [], development: { matedCount: 12, nonMatedCount: 18 } });
    const [tenth, hundredth] = figures.development!.thresholds;
    expect(tenth).toMatchObject({ target: 0.1, refusal: null, fmr: { value: expect.any(Number) }, fnmr: { value: expect.any(Number) } });
    if (typeof tenth!.fnmr !== 'object' || !('high' in tenth!.fnmr!)) throw new Error('no interval');
    expect(tenth!.fnmr.high).toBeGreaterThan(0); // none is missed here, which does not prove that none ever is
    const { total, samples } = await laboratory.ask('protocols.pairs', { protocolId: id, kind: 'mated', threshold: 1.1, limit: 500 });
    expect([total, [...new Set(samples.map(({ subject }) => subject))].sort()]).toEqual([15, ['p5', 'p6', 'p7', 'p8', 'p9']]);
    expect(hundredth).toMatchObject({ threshold: null, refusal: expect.stringMatching(/needs at least 100 non-mated comparisons; there are 18/) });
  });

  it('fuses template sets of several images, and names two that share one', async () => {
    const file = join(laboratory.home, 'sets.csv');
    const rows = Array.from({ length: 8 }, (_, at) => [`p${at + 1}/1.png,p${at + 1},s${at + 1}a`, `p${at + 1}/2.png,p${at + 1},s${at + 1}a`, `p${at + 1}/3.png,p${at + 1},s${at + 1}b`]).flat();
    writeFileSync(file, ['path,subject,set', ...rows, 'p1/1.png,p1,s1b'].join('\n'));
    const fused = await run({ kind: 'sets', file, images, fusion: 'mean-template' });
    expect(fused.figures).toMatchObject({ rows: (16 * 15) / 2, matedCount: 7, guards: [{ reason: 'duplicated-image', count: 1, examples: ['s1a shares an image with s1b'] }] });
    const scored = await run({ kind: 'sets', file, images, fusion: 'max-score' });
    expect(scored.manifest.protocolHash).toBe(fused.manifest.protocolHash);
    expect(scored.manifest.scoresHash).not.toBe(fused.manifest.scoresHash);
    const { samples } = await laboratory.ask('protocols.pairs', { protocolId: fused.id, kind: 'mated', threshold: 0, limit: 1 });
    expect(samples.map(({ imageIds }) => imageIds.length).sort()).toEqual([1, 2]);
  });

  it('counts an image that gives no template as an error of all its comparisons', async () => {
    writeFiles(images, { 'p1/1.png': 'overwritten' });
    const { figures, failures } = await run(pairsFile([...honest, 'p1/1.png,p1/9.png,1']));
    expect(failures.map(({ path }) => path)).toEqual(['p1/9.png', 'p1/1.png']);
    expect(figures.failures).toEqual({ mated: 2, nonMated: 1 });
    expect((figures.zeroFmr as number) >= 0.5).toBe(true);
  });

  it('is refused where not one of its images gives a template', async () => {
    writeFiles(images, Object.fromEntries(['p1/1', 'p1/2', 'p2/1', 'p2/2', 'p3/1', 'p3/3', 'p4/1'].map((name) => [`${name}.png`, 'overwritten'])));
    const { jobId } = await laboratory.ask('protocols.run', { source: pairsFile(honest) });
    expect(await laboratory.finished(jobId)).toMatchObject({
      state: 'failed', error: { code: 'too-little-data', message: expect.stringMatching(/^None of the 7 images to compare gave a template, such as p\d\/\d\.png: .+\. Is Small made for such images\?$/) },
    });
  });

  it('names the people whose very images the model has learned from', async () => {
    expect((await run({ kind: 'fvc', images: writeFiles(join(laboratory.home, 'prints'), { '1_1.png': 'face q1 1', '1_2.png': 'face q1 2', '2_1.png': 'face q2 1' }) })).seenInTraining).toEqual([]);
    images = join(laboratory.home, 'pictures');
    const all = Array.from({ length: 12 }, (_, at) => `p${at + 1}/1.png,p${at + 1}/2.png,1`);
    expect((await run(pairsFile([...all, 'p1/1.png,p2/1.png,0']))).seenInTraining.length).toBe(4);
  });

  it('is refused by file and line where it cannot be read', async () => {
    const { protocolId, jobId } = await laboratory.ask('protocols.run', { source: { kind: 'lfw', file: join(laboratory.home, 'none.txt'), images } });
    expect(await laboratory.finished(jobId)).toMatchObject({ state: 'failed', error: { code: 'bad-dataset', message: expect.stringMatching(/There is nothing at .*none\.txt\./) } });
    expect((await refusal(laboratory.ask('protocols.get', { protocolId }))).code).toBe('not-found');
  });

  it('is refused where not one of its images is in the folder, or none is named as it wants', async () => {
    const elsewhere = join(laboratory.home, 'elsewhere');
    writeFiles(elsewhere, { 'q1/1.png': 'face q1 1' });
    const ended = async (source: ProtocolSource): Promise<unknown> => laboratory.finished((await laboratory.ask('protocols.run', { source })).jobId);
    expect(await ended({ ...pairsFile(honest), images: elsewhere })).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/None of the 7 images to compare is below .*elsewhere, such as p1\/1\.png: name the folder/) } });
    expect(await ended({ kind: 'fvc', images: elsewhere })).toMatchObject({ state: 'failed', error: { message: expect.stringMatching(/names no comparison\. It needs images called <finger>_<impression>/) } });
  });
});
