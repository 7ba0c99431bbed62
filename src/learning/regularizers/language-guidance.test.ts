import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { RegularizerRecipe } from '../../contract/recipe/regularizers.ts';
import { degenerateComplaints } from '../test-support/degenerate-batches.ts';
import { evaluateLoss, gap } from '../test-support/evaluate-loss.ts';
import { dot, numericGradient, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = Extract<RegularizerRecipe, { name: 'language-guidance' }>;

const text = [[1, 0.3, -0.2], [0.3, 1, 0.6], [-0.2, 0.6, 1]];
const textSimilarity = { classes: 3, values: text.flat() };

const oracleOf = ({ direction, shift, maskSameClass }: Recipe): Oracle => ({ embeddings, labels }) => {
  let sum = 0;
  for (const i of labels.keys()) {
    const softmax = (logits: number[]) => {
      const total = logits.reduce((all, logit) => all + Math.exp(logit), 0);
      return logits.map((logit) => Math.exp(logit) / total);
    };
    const isMasked = (j: number) => maskSameClass && labels[i] === labels[j];
    const image = softmax(labels.map((_, j) => (isMasked(j) ? 1 + shift : dot(unit(embeddings[i]!), unit(embeddings[j]!)))));
    const language = softmax(labels.map((y, j) => (isMasked(j) ? 1 + shift : text[labels[i]!]![y]! + shift)));
    const [from, to] = direction === 'image-to-text' ? [image, language] : [language, image];
    sum += from.reduce((kl, p, j) => kl + p * Math.log(p / to[j]!), 0);
  }
  return sum / labels.length;
};

const recipe: Recipe = { name: 'language-guidance', weight: 1, shift: 1, direction: 'image-to-text', maskSameClass: true };
const sample = (seed: number) => sampleBatch(seed, { rows: 7, width: 4, classes: 3, perClass: 1 });

describe.each<Recipe>([recipe, { ...recipe, direction: 'text-to-image' }, { ...recipe, maskSameClass: false, shift: 0.5 }])(
  'language guidance, $direction, mask $maskSameClass', (regularizer) => {
    it('agrees with the literal loop and its finite differences', () => {
      for (const seed of [1, 2, 3]) {
        const { value, embeddings } = evaluateLoss({ loss: null, regularizers: [regularizer] }, sample(seed), { textSimilarity });
        const oracle = oracleOf(regularizer);
        expect(Math.abs(value - oracle(sample(seed), sample(seed)))).toBeLessThan(1e-6);
        expect(gap(embeddings, numericGradient(oracle, sample(seed), 'embeddings'))).toBeLessThan(1e-4);
      }
    });

    it('agrees where rows of one class and of two coincide', () => {
      const { embeddings, ...rest } = sample(4);
      const batch = { ...rest, embeddings: embeddings.with(3, embeddings[0]!).with(5, embeddings[1]!) };
      const oracle = oracleOf(regularizer);
      const actual = evaluateLoss({ loss: null, regularizers: [regularizer] }, batch, { textSimilarity });
      expect(Math.abs(actual.value - oracle(batch, batch))).toBeLessThan(1e-6);
      expect(gap(actual.embeddings, numericGradient(oracle, batch, 'embeddings'))).toBeLessThan(1e-4);
    });

    it('survives the degenerate batches', () => {
      expect(degenerateComplaints({ loss: null, regularizers: [regularizer] }, textSimilarity)).toEqual([]);
    });
  });

describe('language guidance', () => {
  it('is 0 on a batch of one class, where everything is masked', () => {
    const batch = { ...sample(1), labels: new Array<number>(7).fill(2) };
    const { value, embeddings } = evaluateLoss({ loss: null, regularizers: [recipe] }, batch, { textSimilarity });
    expect([value, embeddings.flat().every((slope) => slope === 0)]).toEqual([0, true]);
  });

  it('leaves out rows and columns of a class without text', () => {
    const batch = sample(1);
    const values = text.flatMap((row, i) => row.map((value, j) => (i === 2 || j === 2 ? NaN : value)));
    const told = batch.labels.map((label, row) => ({ label, row })).filter(({ label }) => label !== 2).map(({ row }) => row);
    const part = { ...batch, embeddings: told.map((row) => batch.embeddings[row]!), labels: told.map((row) => batch.labels[row]!) };
    const whole = evaluateLoss({ loss: null, regularizers: [recipe] }, batch, { textSimilarity: { classes: 3, values } });
    expect(whole.value).toBeCloseTo(evaluateLoss({ loss: null, regularizers: [recipe] }, part, { textSimilarity }).value, 6);
    expect(whole.embeddings[2]!.every((slope) => slope === 0)).toBe(true);
  });

  it('names the row whose class has no place among the texts', () => {
    const batch = { ...sample(1), labels: [0, 1, 2, 0, 1, 2, 3] };
    expect(() => evaluateLoss({ loss: null, regularizers: [recipe] }, batch, { textSimilarity })).toThrow(expect.objectContaining({ row: 6 }));
  });
});
