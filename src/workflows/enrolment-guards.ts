import type { EnrolmentGuards } from '../contract/requests/policy.ts';
import type { ModelRecord } from '../store/models.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import type { Remark } from './remark.ts';
import { remark, remarkNaming } from './remark.ts';
import type { SearchableGallery, SearchProbe } from './searchable-gallery.ts';
import { scoreReferences } from './templates/score-references.ts';
import { thresholdFor } from './thresholds.ts';
import type { Workbench } from './workbench.ts';

/** What is found about a new sample beside those that are there. */
export interface GuardFindings {
  /** Somebody else it looks like, closer than chance allows at the set FPIR. */
  duplicate: Remark | null;
  /** It looks unlike the person's other samples. */
  inconsistent: Remark | null;
}

export interface Guards {
  look(settings: EnrolmentGuards, model: ModelRecord, sample: Omit<NewSample, 'model'>): Promise<GuardFindings>;
}

/**
 * The guards of the gallery. Both need a threshold that was chosen on data; without one there is nothing to judge by, and they find
 * nothing. Before searching N people an FMR becomes a false positive identification rate of 1 - (1 - FMR)^N (ISO/IEC 19795-1).
 */
export function enrolmentGuards(workbench: Workbench, searchable: SearchableGallery): Guards {
  const { database } = workbench.store;
  const fmr = fmrAtScore(database);
  return {
    look: async ({ duplicates, fpir }, model, looked) => {
      const { transform } = (await workbench.store.gallery.protections.read()).current;
      if (thresholdFor(database, { modelId: model.id, transform }) === null) return { duplicate: null, inconsistent: null };
      const sample = { model, ...looked };
      const { subjectId } = sample;
      const duplicate = duplicates === 'off' ? null : await findDuplicate(workbench, { searchable, fmr, fpir }, sample);
      return { duplicate, inconsistent: subjectId === null ? null : await findMixUp(workbench, { ...sample, subjectId }) };
    },
  };
}

interface NewSample extends SearchProbe {
  model: ModelRecord;
  subjectId: string | null;
}

async function findMixUp(workbench: Workbench, { model, subjectId, ...probe }: NewSample & { subjectId: string }): Promise<Remark | null> {
  const { references, transform } = await scoreReferences(workbench, { model, subjectId }, probe);
  const threshold = thresholdFor(workbench.store.database, { modelId: model.id, transform })?.threshold;
  if (references.length === 0 || threshold === undefined) return null;
  const score = references.reduce((sum, one) => sum + one.score, 0) / references.length;
  if (score >= threshold) return null;
  return remark(`It looks unlike the person's other ${references.length === 1 ? 'sample' : 'samples'} (score ${score.toFixed(2)}, threshold ${threshold.toFixed(2)}). Is it the same person?`);
}

interface Judgement {
  searchable: SearchableGallery;
  fmr: FmrAtScore;
  fpir: number;
}

async function findDuplicate({ store: { gallery, database } }: Workbench, { searchable, fmr, fpir }: Judgement, { model, subjectId, ...probe }: NewSample): Promise<Remark | null> {
  const { candidates, searched, transform } = await searchable.search(model, probe, 2);
  const of = { modelId: model.id, transform };
  const threshold = thresholdFor(database, of)?.threshold;
  const other = candidates.find((candidate) => candidate.subjectId !== subjectId);
  if (other === undefined || threshold === undefined || other.score < threshold) return null;
  const rate = fmr(of, other.score);
  if (rate !== null && 1 - (1 - rate) ** searched > fpir) return null;
  const subject = await gallery.findSubject(other.subjectId, null);
  return subject === undefined ? null : remarkNaming(subject.name, (who) => `It looks like ${who}, who is enrolled already (score ${other.score.toFixed(2)}, threshold ${threshold.toFixed(2)}).`);
}
