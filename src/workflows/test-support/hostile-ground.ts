import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Fault } from '../../contract/wire/answer.ts';
import { hostileWords, wrongKinds } from '../../contract/wire/test-support/hostile-values.ts';
import type { Laboratory } from './laboratory.ts';
import { openLaboratory, putFace, trainModel } from './laboratory.ts';

/** A desk with people, a model and a dataset in it, and beside its data folder files that nobody may read or change. */
export interface HostileGround {
  laboratory: Laboratory;
  /** Bugs that were met while answering. */
  faults: Fault[];
  /** Of what is there, and paths that an asker may try. */
  named: { identifiers: string[]; paths: string[] };
  secrets: string[];
  stopJobs: () => Promise<void>;
  /** What was changed or made where nothing may be, in words. */
  trespasses: () => string[];
  leave: () => Promise<void>;
}

const canary = 'CANARY-6f1d2c: nobody may be told this';
/** Where hostile words lead to that are taken for paths; nothing may be there before the test either, else it would hide what the test makes. */
const wherePathsLeadTo = ['/likeness-fuzz', resolve('likeness-fuzz'), ...wordsAsNames()];

function wordsAsNames(): string[] {
  const words = [...hostileWords, ...wrongKinds.filter((kind) => typeof kind === 'string')].map((word) => resolve(word.split('/')[0]!));
  return [...new Set(words)].filter((path) => dirname(path) === process.cwd());
}

export async function openHostileGround(): Promise<HostileGround> {
  const ground = mkdtempSync(join(tmpdir(), 'likeness-hostile-'));
  const outside = join(ground, 'outside');
  const mayBeMade = join(ground, 'named');
  for (const folder of [outside, mayBeMade]) mkdirSync(folder);
  const secretFile = join(outside, 'canary.txt');
  writeFileSync(secretFile, canary);
  const laboratory = await openLaboratory({ home: join(ground, 'home') });
  const here = new Set(readdirSync(process.cwd()));
  const { datasetId, modelId, runId } = await trainModel(laboratory);
  const { subject } = await laboratory.ask('enrol.images', { subject: { name: 'Ann' }, imageIds: [await putFace(laboratory, 'ann', 1)] });
  const { evaluationId, jobId } = await laboratory.ask('evaluations.start', { modelId, datasetId });
  await laboratory.finished(jobId);
  return {
    laboratory, faults: [], secrets: [canary, resolve(import.meta.dirname, '../../..')],
    named: {
      identifiers: [datasetId, modelId, runId, subject!.id, evaluationId, jobId, await putFace(laboratory, 'bob', 1), `${runId}.0`, `${runId}.999999999`],
      paths: [
        secretFile, join(laboratory.home, 'exports', '..', '..', 'outside', 'canary.txt'), outside, laboratory.home, join(laboratory.home, 'pictures'),
        join(mayBeMade, 'new'), join(mayBeMade, "a'; DROP TABLE x", 'b'), join(mayBeMade, 'x'.repeat(255)), join(mayBeMade, 'y'.repeat(256)), `${mayBeMade}/\u{d800}`,
      ],
    },
    stopJobs: () => stopJobs(laboratory),
    trespasses: () => [
      ...(readFileSync(secretFile, 'utf8') === canary ? [] : ['the file outside was changed']),
      ...readdirSync(outside).filter((name) => name !== 'canary.txt').map((name) => `outside/${name} was made`),
      ...readdirSync(process.cwd()).filter((name) => !here.has(name)).map((name) => `${name} was made in the current folder`),
      ...wherePathsLeadTo.filter((path) => existsSync(path)).map((path) => `${path} is there`),
    ],
    leave: async () => {
      await laboratory.leave();
      rmSync(ground, { recursive: true, force: true });
    },
  };
}

async function stopJobs({ desk, ask, finished }: Laboratory): Promise<void> {
  if (desk.isLocked()) return;
  const running = (await ask('jobs.list', {})).filter(({ endedAt }) => endedAt === null);
  for (const { id } of running) await ask('jobs.cancel', { jobId: id });
  for (const { id } of running) await finished(id);
}
