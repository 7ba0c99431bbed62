import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../contract/jobs.ts';
import { fillDisk } from '../../store/test-support/small-disk.ts';
import type { Laboratory } from './laboratory.ts';
import { openLaboratory, putFace, refusal, smallRecipe, trainModel } from './laboratory.ts';

/** What the process on the small disk found. */
export interface FullDiskReport {
  /** What was asked on the full disk, and how it was refused. */
  refused: Record<string, { code: string; message: string }>;
  /** Files and folders that a refused request left behind. */
  leftBehind: string[];
  /** Who was enrolled before, while the disk is full, and after a restart with room. */
  people: Record<'before' | 'full' | 'after', string[]>;
  /** What is done once there is room. */
  done: { enrolled: boolean; exported: number; backedUp: number };
  isAuditWhole: boolean;
  faults: string[];
}

// A desk on a small disk, for a test: it is filled to the byte, everything that writes is asked, then there is room again.
const disk = process.argv[2]!;
const home = join(disk, 'home');
const laboratory = await openLaboratory({ home });
const { ask } = laboratory;
const { datasetId, modelId } = await trainModel(laboratory);
const evaluation = await ask('evaluations.start', { modelId, datasetId });
await laboratory.finished(evaluation.jobId);
const { evaluationId } = evaluation;
const names = async (asked: typeof ask): Promise<string[]> => (await asked('subjects.list', {})).subjects.map(({ name }) => name);
await ask('enrol.images', { subject: { name: 'Ann' }, imageIds: [await putFace(laboratory, 'ann', 1)] });
const before = await names(ask);
const { imageId: large } = await ask('images.put', { fileName: 'bob.png', bytes: new TextEncoder().encode(`face bob 1 ${'x'.repeat(400_000)}`) });
const listed = (): string[] => [...readdirSync(disk), ...readdirSync(home), ...readdirSync(join(home, 'exports'))];
/** How a job ended; rejects with its error. */
async function outcome({ finished }: Laboratory, asked: Promise<{ jobId: string }>): Promise<Job> {
  const job = await finished((await asked).jobId);
  if (job.error !== null) throw Object.assign(new Error(job.error.message), { code: job.error.code });
  return job;
}
await ask('audit.export', {});
const there = new Set(listed());

const filled = fillDisk(disk);
const backup = { file: join(disk, 'all.backup'), passphrase: 'correct horse battery' };
const refused = {
  'enrol.images': await refusal(ask('enrol.images', { subject: { name: 'Bob' }, imageIds: [large] })),
  'runs.start': await refusal(outcome(laboratory, ask('runs.start', { datasetId, recipe: smallRecipe(2) }))),
  'evaluations.export': await refusal(ask('evaluations.export', { evaluationId })),
  'audit.export': await refusal(ask('audit.export', { file: join(disk, 'audit.jsonl') })),
  'subjects.export': await refusal(ask('subjects.export', { subjectId: (await ask('subjects.list', {})).subjects[0]!.id })),
  'backup.write': await refusal(outcome(laboratory, ask('backup.write', backup))),
};
filled.makeRoom();
// Room for the line in the audit, and not for the backup.
const nearlyFilled = fillDisk(disk, 300_000);
const backupRefused = await refusal(outcome(laboratory, ask('backup.write', backup)));
const leftBehind = listed().filter((name) => !there.has(name) && name !== 'filler');
const full = await names(ask);
nearlyFilled.makeRoom();
const again = await laboratory.reopen();
const after = await names(again.ask);
const later = await again.ask('enrol.images', { subject: { name: 'Bob' }, imageIds: [await putFace(again, 'bob', 1)] });
const report: FullDiskReport = {
  refused: { ...refused, 'backup.write, nearly full': backupRefused }, leftBehind, people: { before, full, after },
  done: {
    enrolled: later.outcomes[0]!.accepted, exported: (await again.ask('evaluations.export', { evaluationId })).files.length, backedUp: (await outcome(again, again.ask('backup.write', backup))).result!['files'] as number,
  },
  isAuditWhole: (await again.ask('audit.verify', {})).isWhole,
  faults: [...laboratory.logged, ...again.logged],
};
await again.desk.close();
process.stdout.write(JSON.stringify(report));
