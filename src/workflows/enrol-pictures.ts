import { readFile } from 'node:fs/promises';
import type { EngineLane, ImageCheck, ImageSource } from '../contract/engine-port.ts';
import type { EnrolmentOutcome } from '../store/gallery.ts';
import type { ModelRecord } from '../store/models.ts';
import { newIdentifier } from './identifiers.ts';
import { embedderOf, templateModel } from './models.ts';
import type { Workbench } from './workbench.ts';

/** A picture to enrol, of a known person or of one with this name. */
export interface Candidate {
  subject: { id: string } | { name: string; note: string };
  fileName: string;
  source: ImageSource;
}

export type CandidateOutcome =
  | { accepted: true; sampleId: string; subjectId: string }
  | { accepted: false; reason: string };

export interface EnrolmentPlan {
  model: ModelRecord;
  lane: EngineLane;
  isDemo: boolean;
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
  const embedded = await workbench.engine.call('embed', { embedder: embedderOf(workbench.home, plan.model), images }, options);
  const failures = new Map(embedded.failures.map(({ index, reason }) => [index, reason]));
  const outcomes: CandidateOutcome[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const check = checks[index]!;
    const failure = check.ok ? failures.get(index) : check.reason;
    if (!check.ok || failure !== undefined) {
      outcomes.push({ accepted: false, reason: failure ?? 'It could not be read.' });
      continue;
    }
    const vector = embedded.vectors.slice(index * embedded.size, (index + 1) * embedded.size);
    outcomes.push(await keep(workbench, { candidate, check, vector, plan }));
  }
  return outcomes;
}

interface GoodPicture {
  candidate: Candidate;
  check: Extract<ImageCheck, { ok: true }>;
  vector: Float32Array;
  plan: EnrolmentPlan;
}

async function keep(workbench: Workbench, { candidate, check, vector, plan }: GoodPicture): Promise<CandidateOutcome> {
  const { subject, source, fileName } = candidate;
  const { width, height, sha256 } = check;
  const { isDemo } = plan;
  const createdAt = Date.now();
  const sampleId = newIdentifier('sample');
  const outcome = await workbench.store.gallery.enrol({
    subject: 'id' in subject ? subject : { ...subject, id: newIdentifier('subject'), isDemo, createdAt },
    sample: { id: sampleId, fileName, bytes: await bytesOfSource(source), width, height, sha256, isDemo, createdAt },
    template: { ...templateModel(plan.model), vector },
  });
  if (outcome.kind === 'known-picture') return { accepted: false, reason: knownPictureReason(outcome, subject) };
  return { accepted: true, sampleId, subjectId: outcome.subjectId };
}

async function bytesOfSource(source: ImageSource): Promise<Uint8Array> {
  return source.kind === 'bytes' ? source.bytes : await readFile(source.path);
}

function knownPictureReason(holder: Extract<EnrolmentOutcome, { kind: 'known-picture' }>, subject: Candidate['subject']): string {
  const isSamePerson = 'id' in subject ? subject.id === holder.subjectId : subject.name === holder.name;
  return isSamePerson ? 'This very picture is enrolled already.' : `This very picture is enrolled as ${holder.name}.`;
}
