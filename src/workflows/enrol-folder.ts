import { basename, dirname, resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import type { DatasetPlace } from './dataset-layout.ts';
import { rootOf, scanDataset } from './dataset-layout.ts';
import type { FoundImage } from './dataset-scan.ts';
import { enrolPictures } from './enrol-pictures.ts';
import type { RunningJob } from './jobs.ts';
import { catchUpTemplates } from './re-embed.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const batchSize = 16;

/**
 * Enrols every picture of a folder per subject or a manifest. What was enrolled before an end of any kind stays enrolled,
 * and enrolling the folder again goes on from there: known pictures are skipped.
 */
export async function enrolFolder(
  workbench: Workbench,
  { place, model }: { place: DatasetPlace; model: ModelRecord },
  job: RunningJob,
): Promise<string> {
  const scan = await scanDataset(place);
  for (const { text } of scan.notes) job.log(`${text}.`);
  for (const { path, reason } of scan.unreadable) job.log(`${path}: ${reason}`, basename(dirname(path)));
  if (scan.images.length === 0) {
    throw new RequestError('bad-dataset', `No pictures in subject folders were found in ${place.path}. Enrol a folder for each person, or a CSV manifest.`);
  }
  let accepted = 0;
  for (let start = 0; start < scan.images.length; start += batchSize) {
    job.progress({ done: start, total: scan.images.length, message: `${counted(accepted, 'picture')} enrolled.` });
    const batch = scan.images.slice(start, start + batchSize);
    accepted += await enrolBatch(workbench, { place, model, batch }, job);
    announce(workbench, 'subjects', 'desk');
  }
  job.progress({ done: scan.images.length });
  await catchUpTemplates(workbench, model);
  const refused = scan.images.length - accepted + scan.unreadable.length;
  return `${counted(accepted, 'picture')} enrolled${refused > 0 ? `, ${refused} not; the log gives each reason` : ''}.`;
}

async function enrolBatch(
  workbench: Workbench,
  { place, model, batch }: { place: DatasetPlace; model: ModelRecord; batch: FoundImage[] },
  job: RunningJob,
): Promise<number> {
  const candidates = batch.map(({ path, subject }) => ({
    subject: { name: subject, note: '' },
    fileName: basename(path),
    source: { kind: 'file' as const, path: resolve(rootOf(place), path) },
  }));
  const plan = { model, lane: 'batch' as const, isDemo: false, signal: job.signal };
  const outcomes = await surviveOneLoss(job, () => enrolPictures(workbench, candidates, plan));
  for (const [index, outcome] of outcomes.entries()) {
    const { path, subject } = batch[index]!;
    if (!outcome.accepted) job.log(`${path}: ${outcome.reason}`, subject);
  }
  return outcomes.filter((outcome) => outcome.accepted).length;
}
