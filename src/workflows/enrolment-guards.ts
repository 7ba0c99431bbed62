import type { EnrolmentGuards } from '../contract/requests/policy.ts';
import { cosineSimilarity } from '../evaluation/cosine-similarity.ts';
import type { ModelRecord } from '../store/models.ts';
import { findThreshold } from '../store/thresholds.ts';
import type { FmrAtScore } from './fmr-at-score.ts';
import { fmrAtScore } from './fmr-at-score.ts';
import { templateModel } from './models.ts';
import type { Remark } from './remark.ts';
import { remark, remarkNaming } from './remark.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import type { Workbench } from './workbench.ts';

/** What is found about a new sample beside those that are there. */
export interface GuardFindings {
  /** Somebody else it looks like, closer than chance allows at the set FPIR. */
  duplicate: Remark | null;
  /** It looks unlike the person's other samples. */
  inconsistent: Remark | null;
}

export interface Guards {
  look(settings: EnrolmentGuards, model: ModelRecord, sample: { subjectId: string | null; vector: Float32Array }): Promise<GuardFindings>;
}

/**
 * The guards of the gallery. Both need a threshold that was chosen on data; without one there is nothing to judge by, and they find
 * nothing. Before searching N people an FMR becomes a false positive identification rate of 1 - (1 - FMR)^N (ISO/IEC 19795-1).
 */
export function enrolmentGuards(workbench: Workbench, searchable: SearchableGallery): Guards {
  const { database, gallery } = workbench.store;
  const fmr = fmrAtScore(database);
  return {
    look: async ({ duplicates, fpir }, model, { subjectId, vector }) => {
      const threshold = findThreshold(database, model.id)?.threshold;
      if (threshold === undefined) return { duplicate: null, inconsistent: null };
      const duplicate = duplicates === 'off' ? null : await findDuplicate(workbench, { searchable, fmr, threshold, fpir }, { model, subjectId, vector });
      const references = subjectId === null ? [] : await gallery.listReferences(subjectId, templateModel(model));
      const score = references.reduce((sum, one) => sum + cosineSimilarity(vector, one.vector), 0) / references.length;
      const isUnlike = references.length > 0 && score < threshold;
      return { duplicate, inconsistent: isUnlike ? remark(`It looks unlike the person's other ${references.length === 1 ? 'sample' : 'samples'} (score ${score.toFixed(2)}, threshold ${threshold.toFixed(2)}). Is it the same person?`) : null };
    },
  };
}

interface Judgement {
  searchable: SearchableGallery;
  fmr: FmrAtScore;
  threshold: number;
  fpir: number;
}

async function findDuplicate({ store: { gallery } }: Workbench, { searchable, fmr, threshold, fpir }: Judgement, { model, subjectId, vector }: { model: ModelRecord; subjectId: string | null; vector: Float32Array }): Promise<Remark | null> {
  const { candidates, searched } = await searchable.search(model, vector, 2);
  const other = candidates.find((candidate) => candidate.subjectId !== subjectId);
  if (other === undefined || other.score < threshold) return null;
  const rate = fmr(model.id, other.score);
  if (rate !== null && 1 - (1 - rate) ** searched > fpir) return null;
  const subject = await gallery.findSubject(other.subjectId, null);
  return subject === undefined ? null : remarkNaming(subject.name, (who) => `It looks like ${who}, who is enrolled already (score ${other.score.toFixed(2)}, threshold ${threshold.toFixed(2)}).`);
}
