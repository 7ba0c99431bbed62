import { compareTemplates } from '../../evaluation/compare-templates.ts';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { sortScores } from '../../evaluation/score-set.ts';
import { embedPictures } from '../embed/embed-pictures.ts';
import { describeCollapse, hasDirections, NO_DIRECTION } from './describe-collapse.ts';
import { embedFixed } from './fixed-features.ts';
import type { Run } from './run.ts';

export interface Validation {
  /** Over all pairs; null without mated or without non-mated pairs. */
  eer: number | null;
  /** In words, when the embedding has collapsed. */
  alarm: string | null;
}

const LARGEST_SET = 5000;

/** Embeds the validation pictures as they are and compares each with each. */
export async function validate({ request: { recipe }, learner: { network }, validation: pictures, fixed }: Run): Promise<Validation> {
  const count = Math.min(LARGEST_SET, pictures.samples.length);
  if (count < 2) return { eer: null, alarm: null };
  const rows = Array.from({ length: count }, (_, index) => Math.floor((index * pictures.samples.length) / count));
  const embeddings = fixed
    ? embedFixed(network, fixed.validation, { rows, mirror: recipe.input.mirror })
    : await embedPictures(network, recipe, { count, get: (from, to) => pictures.get(rows.slice(from, to)) });
  const subjects = Int32Array.from(rows, (row) => pictures.samples[row]!.label);
  return judge({ embeddings, dimension: recipe.embeddingSize, subjects });
}

function judge(templates: { embeddings: Float32Array; dimension: number; subjects: Int32Array }): Validation {
  if (!hasDirections(templates)) return { eer: null, alarm: NO_DIRECTION };
  const scores = compareTemplates(templates);
  const alarm = describeCollapse(scores.nonMated);
  if (scores.mated.length === 0 || scores.nonMated.length === 0) return { eer: null, alarm };
  return { eer: equalErrorRate(operatingPoints(sortScores(scores))).rate, alarm };
}
