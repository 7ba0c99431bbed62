import { basename, dirname, resolve } from 'node:path';
import type { Consent } from '../contract/requests/consent.ts';
import { RequestError } from '../contract/request-error.ts';
import { percentWords } from '../evaluation/number-words.ts';
import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import type { DatasetPlace } from './dataset-layout.ts';
import { rootOf, scanDataset } from './dataset-layout.ts';
import type { FoundImage } from './dataset-scan.ts';
import type { CandidateOutcome } from './enrol-pictures.ts';
import { enrolPictures } from './enrol-pictures.ts';
import type { Conclusion, RunningJob } from './jobs.ts';
import type { Guards } from './enrolment-guards.ts';
import { catchUpTemplates } from './re-embed.ts';
import { logRemark } from './remark.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const batchSize = 16;

export interface FolderOrder {
  place: DatasetPlace;
  model: ModelRecord;
  several: 'one' | 'largest';
  /** Of everybody in it who is new. */
  consent: Consent | null;
  guards: Guards;
}

/**
 * Enrols every picture of a folder per subject or a manifest. What was enrolled before an end of any kind stays enrolled,
 * and enrolling the folder again goes on from there: known pictures are skipped.
 */
export async function enrolFolder(
  workbench: Workbench,
  order: FolderOrder,
  job: RunningJob,
): Promise<Conclusion> {
  const { place, model } = order;
  const scan = await scanDataset(place);
  for (const { text } of scan.notes) job.log(`${text}.`);
  for (const { path, reason } of scan.unreadable) job.log(`${path}: ${reason}`, basename(dirname(path)));
  if (scan.images.length === 0) {
    throw new RequestError('bad-dataset', `No pictures in subject folders were found in ${place.path}. Enrol a folder for each person, or a CSV manifest.`);
  }
  let [accepted, known] = [0, 0];
  const people = new Set(scan.images.map(({ subject }) => subject));
  const enrolledPeople = new Set<string>();
  for (let start = 0; start < scan.images.length; start += batchSize) {
    job.progress({ done: start, total: scan.images.length, message: `${counted(accepted, 'picture')} enrolled.` });
    const batch = scan.images.slice(start, start + batchSize);
    const outcomes = await enrolBatch(workbench, { order, batch }, job);
    accepted += outcomes.filter((outcome) => outcome.accepted).length;
    outcomes.forEach((outcome, index) => (outcome.accepted || outcome.isKnown) && enrolledPeople.add(batch[index]!.subject));
    known += outcomes.filter((outcome) => !outcome.accepted && outcome.isKnown).length;
    announce(workbench, 'subjects', 'desk');
  }
  job.progress({ done: scan.images.length });
  await catchUpTemplates(workbench, model);
  const pictures = scan.images.length + scan.unreadable.length;
  return conclude({ pictures, accepted, known, people: people.size, peopleNotEnrolled: people.size - enrolledPeople.size });
}

interface Counts {
  pictures: number;
  accepted: number;
  known: number;
  people: number;
  /** People of whom no picture could be enrolled: what ISO/IEC 19795-1 counts as failures to enrol. */
  peopleNotEnrolled: number;
}

/** Pictures that were enrolled before have not failed, and are no attempt. */
function conclude({ pictures, accepted, known, people, peopleNotEnrolled }: Counts): Conclusion {
  const failed = pictures - accepted - known;
  const attempts = accepted + failed;
  const rate = attempts === 0 ? 0 : failed / attempts;
  const asides = [
    ...(known > 0 ? [`${known} enrolled before`] : []),
    ...(failed > 0 ? [`${failed} refused (${percentWords(rate, attempts)}); the log gives each reason`] : []),
  ];
  return {
    message: `${[`${counted(accepted, 'picture')} enrolled`, ...asides].join(', ')}.`,
    result: { pictures, enrolled: accepted, enrolledBefore: known, failedToEnrol: failed, failureToEnrolRate: rate, people, peopleNotEnrolled },
  };
}

async function enrolBatch(
  workbench: Workbench,
  { order: { place, model, several, consent, guards }, batch }: { order: FolderOrder; batch: FoundImage[] },
  job: RunningJob,
): Promise<CandidateOutcome[]> {
  const candidates = batch.map(({ path, subject }) => ({
    subject: { name: subject, note: '' },
    consent,
    fileName: basename(path),
    source: { kind: 'file' as const, path: resolve(rootOf(place), path) },
  }));
  const plan = { model, lane: 'batch' as const, several, isDemo: false, guards, signal: job.signal };
  const outcomes = await surviveOneLoss(job, () => enrolPictures(workbench, candidates, plan));
  for (const [index, outcome] of outcomes.entries()) {
    const { path, subject } = batch[index]!;
    if (!outcome.accepted) logRemark(job, outcome.reason, { about: subject, opening: `${path}: ` });
    else for (const warning of outcome.warnings ?? []) logRemark(job, warning, { about: subject, opening: `${path}: enrolled, but: ` });
  }
  return outcomes;
}
