import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

type Recipe = LossOf<'n-pair'>;

const oracleOf = ({ form, normalize, normPenalty }: Recipe): Oracle => ({ embeddings, labels }) => {
  const x = normalize ? embeddings.map(unit) : embeddings;
  const pairs = [...new Set(labels)]
    .map((label) => [...labels.keys()].filter((row) => labels[row] === label))
    .filter((rows) => rows.length > 1 && (form === 'batch' || rows[0] === 0));
  const losses = pairs.map((own) => {
    const [a, p] = own as [number, number];
    const negatives = form === 'batch'
      ? pairs.filter((other) => other !== own).map((other) => other[1]!)
      : [...labels.keys()].filter((row) => labels[row] !== labels[a]);
    return Math.log(1 + negatives.reduce((sum, n) => sum + Math.exp(dot(x[a]!, x[n]!) - dot(x[a]!, x[p]!)), 0));
  });
  const square = (row: number) => dot(x[row]!, x[row]!);
  return mean(losses) + (normPenalty / 4) * (mean(pairs.map(([a]) => square(a!))) + mean(pairs.map(([, p]) => square(p!))));
};

const recipes: Recipe[] = [
  { name: 'n-pair', form: 'batch', normalize: false, normPenalty: 0.02 },
  { name: 'n-pair', form: 'batch', normalize: true, normPenalty: 0 },
  { name: 'n-pair', form: 'tuple', normalize: false, normPenalty: 0 },
];

describe.each(recipes)('n-pair loss, $form, normalised: $normalize', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), isOrdered: true });
});

describe('n-pair loss', () => {
  const loss = recipes[0]!;

  it('stays finite where the products are far beyond the range of exp', () => {
    const batch = { embeddings: [[300, 0], [-300, 0], [0, 300], [300, 300]], labels: [0, 0, 1, 1], proxies: [] };
    expect(evaluateLoss({ loss: { ...loss, normPenalty: 0 } }, batch).value).toBeCloseTo((180000 + 0) / 2, 0);
  });

  it('with one negative is the softplus of the difference, not a hinge', () => {
    const batch = { embeddings: [[1, 0], [1, 0], [0.5, 1]], labels: [0, 0, 1], proxies: [] };
    const tuple: Recipe = { ...loss, form: 'tuple', normPenalty: 0 };
    expect(evaluateLoss({ loss: tuple }, batch).value).toBeCloseTo(Math.log(1 + Math.exp(-0.5)), 6);
  });
});
