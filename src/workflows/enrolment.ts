import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput, RequestOutput } from '../contract/requests.ts';
import type { EnrolOutcome } from '../contract/requests/gallery.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import { consentAtEnrolment } from './consent-policy.ts';
import { cutHand, requireHand } from './cut-hand.ts';
import { locateDataset } from './dataset-layout.ts';
import { enrolFolder } from './enrol-folder.ts';
import type { Candidate } from './enrol-pictures.ts';
import { enrolPictures } from './enrol-pictures.ts';
import { enrolmentGuards } from './enrolment-guards.ts';
import type { Guards } from './enrolment-guards.ts';
import { knownSubject } from './gallery.ts';
import type { ChosenImage } from './images.ts';
import { findImage } from './images.ts';
import { requireModel } from './models.ts';
import { catchUpTemplates } from './re-embed.ts';
import { readPolicy } from './sample-policy.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

export function enrolmentHandlers(workbench: Workbench, searchable: SearchableGallery): Pick<Handlers, 'enrol.images' | 'enrol.folder'> {
  const guards = enrolmentGuards(workbench, searchable);
  return {
    'enrol.images': (input) => enrolImages(workbench, guards, input),
    'enrol.folder': async ({ path, several, consent: given }) => {
      const consent = consentAtEnrolment(workbench.store.database, given, true);
      const model = requireModel(workbench.store.database);
      const place = await locateDataset(path, 'auto');
      const job = workbench.jobs.start({
        kind: 'enrol-folder', title: 'Enrol a folder', subjectId: null, unit: 'images', isBatch: true,
        work: (running) => enrolFolder(workbench, { place, model, several: severalAtEnrolment(workbench, several), consent, guards }, running),
      });
      return { jobId: job.id };
    },
  };
}

async function enrolImages(
  workbench: Workbench,
  guards: Guards,
  { subject: asked, imageIds, several, finger, consent: given }: ParsedInput<'enrol.images'>,
): Promise<RequestOutput<'enrol.images'>> {
  const model = requireModel(workbench.store.database);
  const subject: Candidate['subject'] =
    'name' in asked ? { name: asked.name.normalize('NFC'), note: asked.note } : { id: (await knownSubject(workbench, asked.subjectId)).id };
  const isNew = 'name' in subject && (await workbench.store.gallery.findSubjectIdByName(subject.name)) === undefined;
  const consent = consentAtEnrolment(workbench.store.database, given, isNew);
  if (several === 'hand') requireHand(model, finger);
  const found = await Promise.all(imageIds.map((imageId) => foundOrReason(workbench, imageId)));
  const offered = (await Promise.all(found.map((image) => offersOf(workbench, image, { isHand: several === 'hand', finger })))).flat();
  const present = offered.filter((one): one is Offer => !('reason' in one));
  const judged = await enrolPictures(
    workbench,
    present.map(({ fileName, source, finger: shown }) => ({ subject, fileName, source, finger: shown, consent })),
    { model, lane: 'desk', several: several === 'hand' ? 'one' : severalAtEnrolment(workbench, several), isDemo: false, guards },
  );
  const outcomes = offered.map((one): EnrolOutcome => {
    if ('reason' in one) return { ...one, sampleId: null, accepted: false, finger: null, quality: null };
    const outcome = judged[present.indexOf(one)]!;
    const { imageId, fileName } = one;
    const about = { fileName, imageId, quality: outcome.quality, finger: outcome.finger };
    return outcome.accepted
      ? { ...about, sampleId: outcome.sampleId, accepted: true, reason: null, ...(outcome.warnings && { warnings: outcome.warnings.map(({ text }) => text) }) }
      : { ...about, sampleId: null, accepted: false, reason: outcome.reason.text };
  });
  const enrolledId = judged.find((outcome) => outcome.accepted)?.subjectId ?? ('id' in subject ? subject.id : null);
  announce(workbench, 'subjects', 'desk');
  await catchUpTemplates(workbench, model);
  return { subject: enrolledId === null ? null : await knownSubject(workbench, enrolledId), outcomes };
}

/** A sample to be: a picture, or a finger that was cut out of one. */
interface Offer extends ChosenImage {
  finger: FingerPosition | null;
}

interface Refused {
  fileName: string;
  imageId: string;
  reason: string;
}

async function offersOf(workbench: Workbench, image: ChosenImage | Refused, { isHand, finger }: { isHand: boolean; finger: FingerPosition | null }): Promise<(Offer | Refused)[]> {
  if ('reason' in image) return [image];
  if (!isHand) return [{ ...image, finger }];
  const { imageId, fileName } = image;
  const cut = await reasonOnRefusal(() => cutHand(workbench, image));
  return 'reason' in cut ? [{ fileName, imageId, reason: cut.reason }] : cut.map((one) => ({ imageId, ...one }));
}

function severalAtEnrolment({ store }: Workbench, asked: ParsedInput<'enrol.folder'>['several']): 'one' | 'largest' {
  return asked ?? readPolicy(store.database).several.enrol;
}

async function foundOrReason(workbench: Workbench, imageId: string): Promise<ChosenImage | Refused> {
  const found = await reasonOnRefusal(() => findImage(workbench, imageId));
  return 'reason' in found ? { fileName: '', imageId, reason: found.reason } : found;
}

/** A picture that cannot be used costs itself only. */
async function reasonOnRefusal<Value>(work: () => Promise<Value>): Promise<Value | { reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) return { reason: error.message };
    throw error;
  }
}
