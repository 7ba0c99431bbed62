import { readFile } from 'node:fs/promises';
import type { Consent } from '../contract/requests/consent.ts';
import type { EngineLane, ImageCheck, ImageSource } from '../contract/engine-port.ts';
import type { SampleQuality } from '../contract/requests/inspections.ts';
import type { EnrolmentGuards, SamplePolicy } from '../contract/requests/policy.ts';
import type { FingerPosition, SeveralChoice } from '../contract/vocabulary.ts';
import type { Enrolment, EnrolmentOutcome } from '../store/gallery.ts';
import type { ModelRecord } from '../store/models.ts';
import { expiryOf } from './consent-policy.ts';
import { embedPictures } from './embed-pictures.ts';
import type { EmbeddedPicture } from './embed-pictures.ts';
import type { GuardFindings, Guards } from './enrolment-guards.ts';
import { fingerSeen } from './finger-positions.ts';
import { newIdentifier } from './identifiers.ts';
import { embedderOf, templateModel } from './models.ts';
import type { Remark } from './remark.ts';
import { remark, remarkNaming } from './remark.ts';
import { protectionInUse } from './templates/protection-in-use.ts';
import { protectionChanging } from './templates/score-references.ts';
import { readGuards, readPolicy, refusalByQuality } from './sample-policy.ts';
import type { Workbench } from './workbench.ts';

/** A picture to enrol, of a known person or of one with this name. */
export interface Candidate {
  subject: { id: string } | { name: string; note: string };
  /** Of somebody who is new. */
  consent?: Consent | null;
  fileName: string;
  source: ImageSource;
  /** Which finger it shows, where somebody said. */
  finger?: FingerPosition | null;
}

/** `quality` is null where no pipeline judged the picture, or nothing was found in it; `finger` where nobody knows which it is. */
export type CandidateOutcome = { quality: SampleQuality | null; finger: FingerPosition | null } & Kept;

/** `isKnown`: this very picture of this person was enrolled before, so nothing failed. */
type Kept = { accepted: true; sampleId: string; subjectId: string; warnings?: Remark[] } | { accepted: false; isKnown: boolean; reason: Remark };

export interface EnrolmentPlan {
  model: ModelRecord;
  lane: EngineLane;
  /** Of several faces in a picture: refuse it, or take the largest. */
  several: Exclude<SeveralChoice, 'all'>;
  isDemo: boolean;
  /** Looks for duplicates and mix-ups; the demo needs no such look. */
  guards?: Guards;
  signal?: AbortSignal;
}

/**
 * Looks at the pictures, embeds them, and keeps each good one with its template, one transaction a picture: what was
 * accepted is on the disk. A picture that is no good costs itself only.
 */
export async function enrolPictures(
  workbench: Workbench,
  candidates: readonly Candidate[],
  plan: EnrolmentPlan,
): Promise<CandidateOutcome[]> {
  const images = candidates.map(({ source }) => source);
  const options = { lane: plan.lane, ...(plan.signal && { signal: plan.signal }) };
  const checks = await workbench.engine.call('images.check', { images }, options);
  const embedded = await embedPictures(workbench, { embedder: embedderOf(workbench.home, plan.model), images, several: plan.several }, options);
  const rules = { policy: readPolicy(workbench.store.database), guards: readGuards(workbench.store.database) };
  const outcomes: CandidateOutcome[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const check = checks[index]!;
    const sample = embedded[index]!;
    const unseen = { accepted: false, isKnown: false, quality: null, finger: candidate.finger ?? null } as const;
    if (!check.ok) outcomes.push({ ...unseen, reason: remark(check.reason) });
    else if ('reason' in sample) outcomes.push({ ...unseen, reason: remark(sample.reason) });
    else outcomes.push(await judge(workbench, { candidate, check, sample, plan }, rules));
  }
  auditEnrolment(workbench, outcomes, plan);
  return outcomes;
}

/** A line for each person, before anybody is told that they are enrolled. */
function auditEnrolment({ store: { audit } }: Workbench, outcomes: readonly CandidateOutcome[], { model }: EnrolmentPlan): void {
  const accepted = outcomes.flatMap((outcome) => (outcome.accepted ? [outcome.subjectId] : []));
  for (const subjectId of new Set(accepted)) {
    audit.append({ action: 'enrol', subjectId, details: { samples: accepted.filter((id) => id === subjectId).length, model: model.id } });
  }
}

interface GoodPicture {
  candidate: Candidate;
  check: Extract<ImageCheck, { ok: true }>;
  sample: Extract<EmbeddedPicture, { vector: Float32Array }>;
  plan: EnrolmentPlan;
}

/** As they stood when the pictures were offered: all of them are judged by the same. */
interface Rules {
  policy: SamplePolicy;
  guards: EnrolmentGuards;
}

/** Keeps the picture unless the lab's policy wants a better one. */
async function judge(workbench: Workbench, picture: GoodPicture, { policy, guards }: Rules): Promise<CandidateOutcome> {
  const judged = { quality: picture.sample.quality, finger: fingerOf(picture) };
  const refusal = refusalByQuality(judged.quality, policy);
  if (refusal !== null) return { ...judged, accepted: false, isKnown: false, reason: remark(refusal) };
  const { duplicate, inconsistent } = await findingsOf(workbench, picture, guards);
  if (duplicate !== null && guards.duplicates === 'refuse') return { ...judged, accepted: false, isKnown: false, reason: duplicate };
  const kept = await keep(workbench, picture);
  const warnings = [duplicate, inconsistent].filter((warning) => warning !== null);
  return kept.accepted && warnings.length > 0 ? { ...judged, ...kept, warnings } : { ...judged, ...kept };
}

/** What somebody said goes before what the pipeline saw. */
const fingerOf = ({ candidate, sample }: Pick<GoodPicture, 'candidate' | 'sample'>): FingerPosition | null => candidate.finger ?? fingerSeen(sample.measures);

async function findingsOf({ store: { gallery } }: Workbench, picture: GoodPicture, settings: EnrolmentGuards): Promise<GuardFindings> {
  const { candidate: { subject }, sample: { vector }, plan: { guards, model } } = picture;
  if (guards === undefined) return { duplicate: null, inconsistent: null };
  const subjectId = 'id' in subject ? subject.id : ((await gallery.findSubjectIdByName(subject.name)) ?? null);
  return guards.look(settings, model, { subjectId, vector, finger: fingerOf(picture) });
}

async function keep(workbench: Workbench, picture: GoodPicture): Promise<Kept> {
  const { candidate, check, sample: { vector, quality }, plan } = picture;
  const { subject, source, fileName, consent = null } = candidate;
  const { width, height, sha256 } = check;
  const { isDemo } = plan;
  const createdAt = Date.now();
  const sampleId = newIdentifier('sample');
  const outcome = await enrolUnderProtection(workbench, {
    subject: 'id' in subject ? subject : { ...subject, id: newIdentifier('subject'), isDemo, createdAt, consent, expiresAt: isDemo ? null : expiryOf(workbench.store.database, consent, createdAt) },
    sample: { id: sampleId, fileName, bytes: await bytesOfSource(source), width, height, sha256, quality, finger: fingerOf(picture), isDemo, createdAt },
  }, { model: plan.model, vector });
  if (outcome.kind === 'known-picture') return knownPicture(outcome, subject);
  return { accepted: true, sampleId, subjectId: outcome.subjectId };
}

/** The gallery may get another protection between the transform and the write; so many times it is done again. */
const attempts = 5;

type Enrolled = Exclude<EnrolmentOutcome, { kind: 'other-protection' }>;

/** Keeps the template as the gallery's protection makes it of what the model gave, and never what the model gave beside it. */
async function enrolUnderProtection(workbench: Workbench, enrolment: Omit<Enrolment, 'template'>, { model, vector }: { model: ModelRecord; vector: Float32Array }): Promise<Enrolled> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const protection = await protectionInUse(workbench);
    const outcome = await workbench.store.gallery.enrol({ ...enrolment, template: { ...templateModel(model, protection), vector: protection.protect(vector) } });
    if (outcome.kind !== 'other-protection') return outcome;
  }
  throw protectionChanging();
}

async function bytesOfSource(source: ImageSource): Promise<Uint8Array> {
  return source.kind === 'bytes' ? source.bytes : await readFile(source.path);
}

function knownPicture(holder: Extract<EnrolmentOutcome, { kind: 'known-picture' }>, subject: Candidate['subject']): Kept {
  const isSamePerson = 'id' in subject ? subject.id === holder.subjectId : subject.name === holder.name;
  return { accepted: false, isKnown: isSamePerson, reason: isSamePerson ? remark('This very picture is enrolled already.') : remarkNaming(holder.name, (who) => `This very picture is enrolled as ${who}.`) };
}
