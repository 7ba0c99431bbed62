import type { RegularizerRecipe } from '../../contract/recipe/regularizers.ts';
import { emptyOutcome } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { logSumExp } from '../losses/log-sum-exp.ts';

/** Cosine similarities of the texts of the classes, [classes, classes]; NaN in the row of a class without text. */
export interface TextSimilarity {
  readonly classes: number;
  readonly values: ArrayLike<number>;
}

type Recipe = Extract<RegularizerRecipe, { name: 'language-guidance' }>;

/**
 * Language guidance (Roth, Vinyals, Akata, CVPR 2022; survey eq. 28-30 with the sum over j): the mean over the rows of
 * KL(σ(S_I) ‖ σ(S_L + γ)), or the other way round, where σ is the softmax of a row and the entries of one class, the
 * diagonal too, are 1 + γ in both matrices. The texts take no gradient; rows and columns without text are left out.
 *
 * @param table unit rows of one batch, no memory.
 * @returns value and gradient without the weight.
 */
export function languageGuidance(table: PairTable, guide: { labels: Int32Array; text: TextSimilarity }, recipe: Recipe): PairOutcome {
  const { text, labels } = guide;
  const outcome = emptyOutcome(table);
  const textOf = (i: number, j: number) => text.values[labels[i]! * text.classes + labels[j]!]!;
  const told = Int32Array.from(labels.keys()).filter((row) => !Number.isNaN(textOf(row, row)));
  const image = new Float64Array(told.length); // row of S_I
  const language = new Float64Array(told.length); // row of S_L
  const isMasked = (i: number, j: number) => recipe.maskSameClass && labels[i] === labels[j];
  for (const i of told) {
    told.forEach((j, k) => {
      image[k] = isMasked(i, j) ? 1 + recipe.shift : table.similarity[i * table.columns + j]!;
      language[k] = isMasked(i, j) ? 1 + recipe.shift : textOf(i, j) + recipe.shift;
    });
    const slope = recipe.direction === 'image-to-text' ? imageToText(image, language) : textToImage(image, language);
    outcome.value += slope.divergence / told.length;
    told.forEach((j, k) => {
      if (!isMasked(i, j)) outcome.gradient[i * table.columns + j] = slope.gradient[k]! / told.length;
    });
  }
  outcome.items = told.length;
  outcome.active = told.length;
  return outcome;
}

/** Σ_j p_j (ln p_j − ln q_j); its gradient p_j [(ln p_j − ln q_j) − KL] with respect to the image logits. */
function imageToText(image: Float64Array, language: Float64Array) {
  const [logP, logQ] = [logSoftmax(image), logSoftmax(language)];
  const divergence = logP.reduce((sum, log, j) => sum + Math.exp(log) * (log - logQ[j]!), 0);
  return { divergence, gradient: logP.map((log, j) => Math.exp(log) * (log - logQ[j]! - divergence)) };
}

/** Σ_j q_j (ln q_j − ln p_j); its gradient p_j − q_j with respect to the image logits. */
function textToImage(image: Float64Array, language: Float64Array) {
  const [logP, logQ] = [logSoftmax(image), logSoftmax(language)];
  const divergence = logQ.reduce((sum, log, j) => sum + Math.exp(log) * (log - logP[j]!), 0);
  return { divergence, gradient: logP.map((log, j) => Math.exp(log) - Math.exp(logQ[j]!)) };
}

function logSoftmax(logits: Float64Array): Float64Array {
  const total = logSumExp(logits, logits.length);
  return logits.map((logit) => logit - total);
}
