import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestError } from '../contract/request-error.ts';
import type { EvaluationCard } from '../contract/requests/evaluations.ts';
import type { Handlers, RequestOutput } from '../contract/requests.ts';
import { ann, dataset, job, laboratory, model, threshold } from './test-support/laboratory.ts';

let folder: string;
let picture: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'likeness-cli-'));
  picture = join(folder, 'a.png');
  await writeFile(picture, Uint8Array.of(1, 2, 3));
});
afterAll(() => rm(folder, { recursive: true }));

const good = { score: 34, reasons: ['blurred: hold still', 'too dark'], components: {} };
const face = { label: 'face 1', quality: good, measures: {}, seen: 1, finger: null };
const modelName = { id: 'model-1', name: 'faces-2' };

describe('verify', () => {
  const verify = (isMatch: boolean | null): Partial<Handlers> => ({
    'verify.compare': () => ({ probe: face, score: 0.71, isMatch, transform: 'none', threshold: isMatch === null ? null : threshold, model: modelName, subject: ann, references: [], fmrAtScore: 0.0002, hand: null }),
  });

  it('says the decision in the words of the field, and ends with it', async () => {
    const lab = laboratory(verify(true));
    expect(await lab.run('verify', 'ann', picture)).toBe(0);
    expect(lab.stdout()).toBe(
      'Ann: Match. Score 0.71, threshold 0.43 (FMR 1e-3, 95 %: 0.6e-3 to 1.6e-3), model faces-2.\nQuality 34 of 100 (blurred: hold still; too dark).\nOf the non-mated comparisons of the evaluation, 2e-4 scored at least as high.',
    );
    expect(await laboratory(verify(false)).run('verify', 'Ann', picture)).toBe(3);
    expect(await laboratory(verify(null)).run('verify', 'Ann', picture)).toBe(4);
  });

  it('decides on a whole hand finger by finger, and not by the fused score', async () => {
    const of = (finger: 'left index' | 'left middle' | 'left ring', score: number | null) => ({ finger, probe: score === null ? null : face, score, isMatch: score === null ? null : score >= 0.43, references: [], reason: score === null ? 'It is not enrolled.' : null });
    const asked: unknown[] = [];
    const lab = laboratory({
      'verify.compare': ({ several }) => {
        asked.push(several);
        const fingers = [of('left index', 0.8), of('left middle', 0.2), of('left ring', null)];
        return { probe: { ...face, label: 'left hand' }, score: 0.5, isMatch: null, transform: 'none', threshold: null, model: modelName, subject: ann, references: [], fmrAtScore: null, hand: { fingers, threshold } };
      },
    });
    expect(await lab.run('verify', 'Ann', picture, '--hand')).toBe(4);
    expect(asked).toEqual(['hand']);
    expect(lab.stdout()).toMatch(/^Ann: No decision on the left hand\. Fused score 0\.500, the sum over 2 fingers as a mean; no threshold/);
    expect(lab.stdout()).toMatch(/left index +0\.800 +match [^]*left middle +0\.200 +non-match [^]*left ring .*It is not enrolled\.[^]*single comparisons, 0\.430 \(FMR/);
    expect(await lab.run('verify', 'Ann', picture, '--hand', '--finger', 'left ring')).toBe(2);
  });

  it('says who is not enrolled, and which file is not there', async () => {
    const lab = laboratory(verify(true));
    expect(await lab.run('verify', 'Bob', picture)).toBe(1);
    expect(lab.stderr()).toBe('Error: There is no enrolled person "Bob". Known: "Ann".');
    const missing = laboratory(verify(true));
    expect(await missing.run('verify', 'Ann', 'gone.png')).toBe(1);
    expect(missing.stderr()).toBe('Error: /work/gone.png does not exist.');
  });
});

describe('identify', () => {
  const ranked = (isAboveThreshold: boolean | null) => ({ rank: 1, subjectId: 'subject-1', name: 'Ann', portrait: null, score: 0.31, isAboveThreshold });
  const identify = (isAboveThreshold: boolean | null): Partial<Handlers> => ({
    'identify.search': () => ({
      candidates: [ranked(isAboveThreshold)], probes: [{ ...face, candidates: [ranked(isAboveThreshold)] }], searched: 10, transform: 'none', threshold: isAboveThreshold === null ? null : threshold, model: modelName, durationMs: 12,
    }),
  });

  it('ends with 0, 3 or 4, and calls "no candidate" a result', async () => {
    expect(await laboratory(identify(true)).run('identify', picture)).toBe(0);
    const none = laboratory(identify(false));
    expect(await none.run('identify', picture)).toBe(3);
    expect(none.stdout()).toMatch(/^No candidate above the threshold\. Score 0\.31, threshold 0\.43 .* Quality 34 of 100 [^]*Searched 10 persons/);
    expect(none.stderr()).toBe('');
    expect(await laboratory(identify(null)).run('identify', picture)).toBe(4);
  });

  it('searches for every face that is wanted, and lists the candidates of each', async () => {
    const seen: unknown[] = [];
    const lab = laboratory({
      'identify.search': ({ several }) => {
        seen.push(several);
        return {
          candidates: [ranked(false)], searched: 10, threshold, transform: 'none', model: modelName, durationMs: 12,
          probes: [{ ...face, seen: 2, candidates: [ranked(false)] }, { ...face, label: 'face 2', seen: 2, candidates: [ranked(true)] }],
        };
      },
    });
    expect(await lab.run('identify', picture, '--faces', 'all')).toBe(0);
    expect(seen).toEqual(['all']);
    expect(lab.stdout()).toMatch(/^face 1: No candidate above[^]*Ann[^]*face 2: Ann\. Score[^]*Ann[^]*Searched 10 persons/);
    expect(await lab.run('verify', 'Ann', picture, '--faces', 'all')).toBe(2);
  });
});

describe('enrol', () => {
  it('adds the pictures to a person who is enrolled already, and names what was refused', async () => {
    const seen: unknown[] = [];
    const lab = laboratory({
      'enrol.images': (input) => {
        seen.push(input.subject);
        return { subject: ann, outcomes: [{ fileName: 'a.png', imageId: 'i', sampleId: 's', accepted: true, reason: null, finger: null, quality: good }, { fileName: 'b.png', imageId: null, sampleId: null, accepted: false, reason: 'is not a picture', finger: null, quality: null }] };
      },
    });
    expect(await lab.run('enrol', 'Ann', picture, join(folder, 'gone.png'))).toBe(0);
    expect(seen).toEqual([{ subjectId: 'subject-1' }]);
    expect(lab.stdout()).toBe(`Ann: 1 picture enrolled, 2 samples in all.\n  a.png: enrolled, quality 34 of 100 (blurred: hold still; too dark)\n  b.png: is not a picture\n  ${join(folder, 'gone.png')} does not exist.`);
    expect(await lab.run('enrol', 'Bea', picture, '--note', 'new')).toBe(0);
    expect(seen[1]).toEqual({ name: 'Bea', note: 'new' });
  });

  it('ends with 1 when nothing was accepted', async () => {
    const lab = laboratory({ 'enrol.images': () => ({ subject: null, outcomes: [{ fileName: 'a.png', imageId: null, sampleId: null, accepted: false, reason: 'too small', finger: null, quality: null }] }) });
    expect(await lab.run('enrol', 'Ann', picture)).toBe(1);
    expect(await laboratory({}).run('enrol', 'Ann', join(folder, 'gone.png'))).toBe(1);
  });
});

describe('dataset add', () => {
  it('reads the folder, waits for it and shows what was found', async () => {
    const added: unknown[] = [];
    const lab = laboratory({
      'datasets.add': (input) => { added.push(input); return { datasetId: 'dataset-1', jobId: 'job-1' }; },
      'datasets.get': () => dataset,
      'jobs.get': () => job('done', { kind: 'dataset' }),
    });
    expect(await lab.run('dataset', 'add', 'faces', '--split', '50/25/25', '--seed', '7')).toBe(0);
    expect(added).toMatchObject([{ name: 'faces', path: '/work/faces', split: { seed: 7, train: 0.5, validation: 0.25, test: 0.25 } }]);
    expect(lab.stdout()).toMatch(/Unreadable: +1: s9\/3.pgm \(ends early\)\nDuplicates: +none\nSuspected copies: 1: s2\/3.pgm \(ANOTHER PERSON, like s1\/4.pgm\)/);
  });
});

describe('threshold choose', () => {
  const card = (id: string, modelId: string, modelName: string, part = 'test'): EvaluationCard => ({ id, modelId, modelName, datasetName: 'orl', part, transform: 'none' }) as EvaluationCard;
  const other = { ...model, id: 'model-2', name: 'other', inUse: false };
  /** The newest evaluation is of the model that is not in use. */
  const desk = (evaluations: EvaluationCard[], asked: unknown[] = []): ReturnType<typeof laboratory> => laboratory({
    'models.list': () => [model, other], 'evaluations.list': () => evaluations,
    'thresholds.choose': ({ evaluationId, targetFmr }) => {
      asked.push(evaluationId);
      if (targetFmr < 0.001) throw new RequestError('too-little-data', '4,500 non-mated comparisons cannot support FMR 1e-4.');
      return evaluationId === 'evaluation-3' ? { ...threshold, modelId: 'model-2' } : threshold;
    },
  });
  const all = [card('evaluation-3', 'model-2', 'other'), card('evaluation-2', 'model-1', 'faces-2', 'validation'), card('evaluation-1', 'model-1', 'faces-2')];

  it('takes the newest evaluation of the model in use, says which, and tells the refusal', async () => {
    const asked: unknown[] = [];
    const lab = desk(all, asked);
    expect(await lab.run('threshold', 'choose', '1e-3')).toBe(0);
    expect(lab.stdout()).toMatch(/^Threshold 0\.430, chosen for FMR 1e-3\. .*\nTaken from evaluation-1: faces-2 on orl, test identities\.$/);
    expect(await lab.run('threshold', 'choose', '1e-4')).toBe(1);
    expect(asked).toEqual(['evaluation-1', 'evaluation-1']);
  });

  it('takes that of another model only where it is named, and says that it is not in use', async () => {
    for (const named of [['--model', 'other'], ['--evaluation', 'evaluation-3'], ['--evaluation', 'latest']]) {
      const lab = desk(all);
      expect(await lab.run('threshold', 'choose', '1e-3', ...named)).toBe(0);
      expect(lab.stdout()).toMatch(/\nTaken from evaluation-3: other on orl, test identities\.\nIt is of other, which is not in use: likeness models use model-2$/);
    }
    expect(await desk(all).run('threshold', 'choose', '1e-3', '--model', 'other', '--evaluation', 'latest')).toBe(2);
  });

  it('says which models are evaluated where the one in use is not', async () => {
    const lab = desk([all[0]!]);
    expect(await lab.run('threshold', 'choose', '1e-3')).toBe(1);
    expect(lab.stderr()).toMatch(/faces-2, the model in use, has no evaluation that offers a threshold\. Make one with: likeness evaluate --model model-1\. Evaluated are other:/);
  });
});

it('subjects delete asks for the name once more, and says when copies of the person are left', async () => {
  const clean: RequestOutput<'subjects.delete'> = { subjectId: 'subject-1', deletedAt: 0, samples: 2, templates: 2, rowsLeft: 0, filesScanned: 4, filesLeft: 0, scan: { places: [], tables: [] }, signature: 'c2ln', remains: [], unread: [], exportsElsewhere: 0 };
  const answers = [clean, {
    ...clean, filesLeft: 1, remains: [{ file: 'exports/person-1/person.json', holds: ['pieces', 'name'] }], scan: { places: [], tables: [{ table: 'dataset_samples', rows: 4 }] }, unread: ['notes/'], exportsElsewhere: 2,
  } satisfies typeof clean];
  const lab = laboratory({ 'subjects.delete': () => answers.shift()! });
  expect(await lab.run('subjects', 'delete', 'Ann')).toBe(2);
  expect(await lab.run('subjects', 'delete', 'Ann', '--yes', 'Ann')).toBe(0);
  expect(lab.stdout()).toBe('Ann is deleted: 2 samples and 2 templates went, 0 rows left.\n4 files of the data folder read through: nothing of the person is left in any.');
  expect(await lab.run('subjects', 'delete', 'Ann', '--yes', 'Ann')).toBe(0);
  expect(lab.stdout()).toContain('1 file still with something of the person.\n  exports/person-1/person.json: pictures or templates, the name\n');
  expect(lab.stdout()).toContain('\nNot read, since the system did not allow it: notes/. Look there by hand.\n');
  expect(lab.stdout()).toMatch(/The name stands in the database too, .*:\n {2}dataset_samples: 4 rows\nMade outside of the data folder, where nobody looked: 2 exports/);
});

it('subjects consent and retain say what they replace, and pass on that it is meant', async () => {
  const asked: unknown[] = [];
  const consent = { textVersion: 1, text: 'I agree.', scope: 'Building 3', givenAt: 0, expiresAt: new Date('2027-01-31T12:00').getTime() };
  const replaced = { consent, expiresAt: consent.expiresAt };
  const lab = laboratory({
    'consent.record': (input) => { asked.push(input); return { consent: { ...consent, scope: 'Study 7' }, expiresAt: null, replaced }; },
    'subjects.setRetention': () => ({ consent, expiresAt: null, replaced: { consent: null, expiresAt: null } }),
  });
  expect(await lab.run('subjects', 'consent', 'Ann', '--scope', 'Study 7', '--replace')).toBe(0);
  expect(asked).toEqual([{ subjectId: 'subject-1', consent: { scope: 'Study 7', expiresAt: null }, replaces: true }]);
  expect(lab.stdout()).toBe('Ann agreed to: Study 7. Kept until somebody deletes the person.\nBefore: Building 3 (text 1, given 1970-01-01), kept until 2027-01-31. It stays in what is held about the person.');
  expect(await lab.run('subjects', 'retain', 'Ann', 'never')).toBe(0);
  expect(lab.stdout()).toMatch(/\nAnn is kept until somebody deletes the person\.\nThe consent ends on 2027-01-31, before that\.$/);
});

describe('embed', () => {
  it('takes the format from the file, whole paths, and the model in use', async () => {
    const asked: unknown[] = [];
    const lab = laboratory({
      'embeddings.write': (input) => { asked.push(input); return { jobId: 'job-1' }; },
      'jobs.get': () => job('done', { kind: 'embed', message: '2 embeddings.', log: ['/work/x.png: is not a picture'] }),
    });
    expect(await lab.run('embed', 'a.png', '/data', '--out', 'vectors.NPY')).toBe(0);
    expect(asked).toEqual([{ modelId: 'model-1', paths: ['/work/a.png', '/data'], file: '/work/vectors.NPY', format: 'npy', cache: null }]);
    expect(lab.stdout()).toBe('2 embeddings.\n  /work/x.png: is not a picture');
  });

  it('wants to know the format', async () => {
    expect(await laboratory({}).run('embed', 'a.png', '--out', 'vectors.bin')).toBe(2);
    expect(await laboratory({}).run('embed', 'a.png')).toBe(2);
  });
});

describe('loss', () => {
  it('gives a file to the desk as it is written, and says what is wrong with it', async () => {
    const asked: unknown[] = [];
    const lab = laboratory({ 'losses.compute': (file) => { asked.push(file); return { loss: 0.5, gradients: { embeddings: [[3, 4], [0, 0]] }, skipped: { noPositive: 1, noNegative: 0 } }; } });
    const file = join(folder, 'loss.json');
    await writeFile(file, JSON.stringify({ loss: 'nca', options: { scale: 1 }, embeddings: [[1, 0], [0, 1]], labels: [0, 0] }));
    expect(await lab.run('loss', file)).toBe(0);
    expect(asked).toMatchObject([{ loss: { name: 'nca' }, labels: [0, 0] }]);
    expect(lab.stdout()).toBe('Loss: 0.50000000\nRows without a loss: noPositive 1\n\nRow  Gradient length\n---  ---------------\n  0          5.00000\n  1          0.00000');
    await writeFile(file, JSON.stringify({ loss: 'nca', options: {}, embeddings: [[1, 0]], labels: [0.5] }));
    const wrong = laboratory({});
    expect(await wrong.run('loss', file)).toBe(1);
    expect(wrong.stderr()).toMatch(/^Error: labels\.0: /);
    const missing = laboratory({});
    expect(await missing.run('loss', join(folder, 'none.json'))).toBe(1);
    expect(missing.stderr()).toBe(`Error: There is no file ${join(folder, 'none.json')}.`);
  });
});
