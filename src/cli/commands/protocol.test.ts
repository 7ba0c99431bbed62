import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import { scoreFilePlan } from '../../contract/requests/score-files.ts';
import { plainMetrics } from '../../evaluation/test-support/plain-metrics.ts';
import { job, laboratory, model } from '../test-support/laboratory.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-protocol-')); });
afterAll(() => rm(folder, { recursive: true }));

const plan = scoreFilePlan.parse({});

function reportOf(mated: number[]): ProtocolReport {
  const nonMated = [0.1, 0.5, 0.3];
  const [figures, naive] = [plainMetrics(mated, nonMated), plainMetrics([...mated, 1], nonMated)];
  return {
    id: 'protocol-1', createdAt: 1, drawing: null,
    manifest: {
      likeness: '1.2.3', source: { kind: 'fvc', images: '/prints' }, protocolHash: 'aaa', imagesHash: 'bbb',
      model: { id: model.id, name: model.name, weightsHash: model.weightsHash }, plan, scoresHash: 'ccc', node: '24',
    },
    failures: [{ path: '9_1.tif', reason: 'It is not there.' }], seenInTraining: ['3'], suspectedCopies: [{ path: '4_2.tif', of: '4_1.tif', sameSubject: true, isMirrored: true }], foreignTraining: 'not stated',
    figures: { ...figures, file: '/out/scores.csv', fileHash: 'ccc', rows: 6, plan, guards: [{ reason: 'self-comparison', count: 1, examples: ['1_1.tif with itself'] }], naive, development: null, studies: {} },
    folds: { folds: 10, accuracy: 0.9, standardError: 0.01, naive: 0.95 }, folder: '/out', files: ['scores.csv'],
  };
}

/** A desk whose protocol gives these scores. */
function desk(mated: number[], asked: unknown[] = []): ReturnType<typeof laboratory> {
  return laboratory({
    'protocols.run': (order) => { asked.push(order); return { protocolId: 'protocol-1', jobId: 'job-1' }; },
    'protocols.get': () => reportOf(mated),
    'jobs.get': () => job('done'),
  });
}

describe('evaluate --protocol', () => {
  it('runs it on the images of a folder, and says what flattered beside what is honest', async () => {
    const asked: unknown[] = [];
    const lab = desk([0.2, 0.6, 0.9], asked);
    expect(await lab.run('evaluate', '--protocol', 'lfw', '--pairs', 'pairs.txt', '--images', 'lfw', '--out', 'results')).toBe(0);
    expect(asked).toMatchObject([{ source: { kind: 'lfw', file: '/work/pairs.txt', images: '/work/lfw' }, modelId: model.id, folder: '/work/results' }]);
    for (const words of [/self comparison \(1 comparison\): 1_1.tif with itself/, /a naive script would report an EER of .* instead of /, /Accuracy over 10 folds: 90 %.*A naive script: 95 %/,
      /1 image: 9_1.tif \(It is not there.\)/, /was trained on images of 1 subject \(3\)/, /1 pair of images looks like copies .* 4_2.tif and 4_1.tif, mirrored\./, /was trained by others, on: not stated\. Whether/]) expect(lab.stdout()).toMatch(words);
  });

  it('takes metadata and a cohort along, and says what these comparisons cannot show', async () => {
    const asked: unknown[] = [];
    const lab = desk([0.2, 0.6, 0.9], asked);
    expect(await lab.run('evaluate', '--protocol', 'fvc', '--images', 'prints', '--metadata', 'prints.csv', '--cohort', 'others')).toBe(0);
    expect(asked).toMatchObject([{ metadata: '/work/prints.csv', cohort: '/work/others' }]);
    expect(lab.stdout()).toMatch(/Slices: none\. This run was made before that was looked at/);
  });

  it('refuses beforehand to search where nobody is compared with everybody', async () => {
    const asked: unknown[] = [];
    const lab = desk([1], asked);
    expect(await lab.run('evaluate', '--protocol', 'all-pairs', '--images', 'faces', '--study', 'identification')).toBe(1);
    expect(lab.stderr()).toMatch(/No identification: every pair stands once.*Gallery and probes.*leave --study identification out/s);
    expect(asked).toEqual([]);
    expect(await desk([1]).run('evaluate', '--protocol', 'gallery', '--pairs', 'gallery.csv', '--images', 'faces', '--study', 'identification')).toBe(0);
  });

  it('wants to know where the images and the pairs are', async () => {
    const without = desk([1]);
    expect(await without.run('evaluate', '--protocol', 'fvc')).toBe(1);
    expect(without.stderr()).toMatch(/needs --images/);
    const pairless = desk([1]);
    expect(await pairless.run('evaluate', '--protocol', 'lfw', '--images', '.')).toBe(1);
    expect(pairless.stderr()).toMatch(/lfw needs --pairs/);
    expect(await desk([1]).run('evaluate', '--protocol', 'nonsense')).toBe(2);
  });
});

describe('reproduce', () => {
  async function manifestOf(change: object = {}): Promise<string> {
    const { manifest, figures } = reportOf([0.2, 0.6, 0.9]);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, figures, ...change }));
    return join(folder, 'manifest.json');
  }

  it('finds the same figures, up to the last digits of float32', async () => {
    const lab = desk([0.2, 0.6, 0.9000001]);
    expect(await lab.run('reproduce', await manifestOf(), '--json')).toBe(0);
    expect(JSON.parse(lab.stdout())).toMatchObject({ reproduced: true, differences: [] });
  });

  it('takes a study that a later version adds for no difference, and other metadata for one', async () => {
    const { figures } = reportOf([0.2, 0.6, 0.9]);
    const zoo = { subjects: [], matedQuartiles: [0, 1] as [number, number], nonMatedQuartiles: [0, 1] as [number, number], corners: [], unplaced: ['7'] };
    const later = (): ReturnType<typeof laboratory> => laboratory({
      'protocols.run': () => ({ protocolId: 'protocol-1', jobId: 'job-1' }), 'jobs.get': () => job('done'),
      'protocols.get': () => ({ ...reportOf([0.2, 0.6, 0.9]), figures: { ...figures, studies: { zoo: { ...zoo, failures: 0 }, normalization: { refusal: 'Nobody.' } } } }),
    });
    expect(await later().run('reproduce', await manifestOf())).toBe(0);
    expect(await later().run('reproduce', await manifestOf({ figures: { ...figures, studies: { zoo } } }))).toBe(0);
    expect(await later().run('reproduce', await manifestOf({ figures: { ...figures, studies: { zoo: { ...zoo, unplaced: [] } } } }))).toBe(1);
    const other = later();
    expect(await other.run('reproduce', await manifestOf({ metadata: { path: '/then.csv', hash: 'ddd' } }))).toBe(1);
    expect(other.stdout()).toMatch(/Not reproduced\. The metadata are others/);
  });

  it('takes another wording of why there is no figure for no difference, and another reason for one', async () => {
    const { figures } = reportOf([0.2]);
    const because = (code: string): object => ({ figures: { ...figures, dPrime: { error: { code, message: 'As another version says it.' } } } });
    expect(await desk([0.2]).run('reproduce', await manifestOf(because('too-few-scores')))).toBe(0);
    const other = desk([0.2]);
    expect(await other.run('reproduce', await manifestOf(because('no-spread')))).toBe(1);
    expect(other.stdout()).toMatch(/^Not reproduced\. dPrime differs\./);
  });

  it('names what differs, and ends with 1', async () => {
    const lab = desk([0.2, 0.6, 0.4]);
    expect(await lab.run('reproduce', await manifestOf({ imagesHash: 'other' }))).toBe(1);
    expect(lab.stdout()).toMatch(/Not reproduced. The images are others. .*auc was 0.7\d+ and is 0.6\d+\. .*naive differs/);
  });

  it('is refused without the model, or for a file that is no manifest', async () => {
    const lab = desk([1]);
    expect(await lab.run('reproduce', await manifestOf({ model: { name: 'Other', weightsHash: 'zzz' } }))).toBe(1);
    expect(lab.stderr()).toMatch(/No model here has the weights of Other/);
    const other = desk([1]);
    expect(await other.run('reproduce', await manifestOf({ source: { kind: 'other' } }))).toBe(1);
    expect(other.stderr()).toMatch(/no manifest of a protocol/);
    await writeFile(join(folder, 'report.json'), '{"id": "evaluation-1", "systems": []}');
    const third = desk([1]);
    expect(await third.run('reproduce', join(folder, 'report.json'))).toBe(1);
    expect(third.stderr()).toMatch(/report\.json is no manifest\.json of an evaluation or a protocol/);
  });
});
