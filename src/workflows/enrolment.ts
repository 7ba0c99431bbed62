import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput, RequestOutput } from '../contract/requests.ts';
import type { EnrolOutcome } from '../contract/requests/gallery.ts';
import { consentAtEnrolment } from './consent-policy.ts';
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
  { subject: asked, imageIds, several, consent: given }: ParsedInput<'enrol.images'>,
): Promise<RequestOutput<'enrol.images'>> {
  const model = requireModel(workbench.store.database);
  const subject: Candidate['subject'] =
    'name' in asked ? { name: asked.name.normalize('NFC'), note: asked.note } : { id: (await knownSubject(workbench, asked.subjectId)).id };
  const isNew = 'name' in subject && (await workbench.store.gallery.findSubjectIdByName(subject.name)) === undefined;
  const consent = consentAtEnrolment(workbench.store.database, given, isNew);
  const found = await Promise.all(imageIds.map((imageId) => foundOrReason(workbench, imageId)));
  const present = found.filter((image): image is ChosenImage => !('reason' in image));
  const judged = await enrolPictures(
    workbench,
    present.map(({ fileName, source }) => ({ subject, fileName, source, consent })),
    { model, lane: 'desk', several: severalAtEnrolment(workbench, several), isDemo: false, guards },
  );
  const outcomes = found.map((image): EnrolOutcome => {
    if ('reason' in image) return { fileName: '', imageId: image.imageId, sampleId: null, accepted: false, reason: image.reason, quality: null };
    const outcome = judged[present.indexOf(image)]!;
    const { imageId, fileName } = image;
    const { quality } = outcome;
    return outcome.accepted
      ? { fileName, imageId, sampleId: outcome.sampleId, accepted: true, reason: null, quality, ...(outcome.warnings && { warnings: outcome.warnings.map(({ text }) => text) }) }
      : { fileName, imageId, sampleId: null, accepted: false, reason: outcome.reason.text, quality };
  });
  const enrolledId = judged.find((outcome) => outcome.accepted)?.subjectId ?? ('id' in subject ? subject.id : null);
  announce(workbench, 'subjects', 'desk');
  await catchUpTemplates(workbench, model);
  return { subject: enrolledId === null ? null : await knownSubject(workbench, enrolledId), outcomes };
}

function severalAtEnrolment({ store }: Workbench, asked: ParsedInput<'enrol.images'>['several']): 'one' | 'largest' {
  return asked ?? readPolicy(store.database).several.enrol;
}

async function foundOrReason(workbench: Workbench, imageId: string): Promise<ChosenImage | { imageId: string; reason: string }> {
  try {
    return await findImage(workbench, imageId);
  } catch (error) {
    if (error instanceof RequestError) return { imageId, reason: error.message };
    throw error;
  }
}
