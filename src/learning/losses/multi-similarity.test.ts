import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

type Recipe = LossOf<'multi-similarity'>;

/** γ c(a, p, n) with p the least similar mined positive. */
const turned = (weight: number, [a, p, n]: [number[], number[], number[]]) => {
  const u = n.map((value, k) => value - a[k]!);
  const v = p.map((value, k) => value - a[k]!);
  return weight * dot(unit(u), unit(v));
};

const oracleOf = ({ alpha, beta, lambda, epsilon, mining, oneSided }: Recipe, direction = 0): Oracle => ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  let loss = 0;
  for (const i of labels.keys()) {
    const s = (j: number) => dot(f[i]!, f[j]!);
    const rest = [...labels.keys()].filter((j) => j !== i);
    let positives = rest.filter((j) => labels[j] === labels[i]);
    let negatives = rest.filter((j) => labels[j] !== labels[i]);
    if (mining === 'own') {
      const limits = [Math.max(...negatives.map(s)), Math.min(...positives.map(s))];
      positives = positives.filter((p) => s(p) < limits[0]! + epsilon);
      negatives = negatives.filter((n) => s(n) > limits[1]! - epsilon);
    }
    if (oneSided === 'skip' && (positives.length === 0 || negatives.length === 0)) continue;
    const hardest = positives.toSorted((a, b) => s(a) - s(b))[0];
    const lowered = (n: number) => (direction > 0 && hardest !== undefined ? s(n) - turned(direction, [f[i]!, f[hardest]!, f[n]!]) : s(n));
    const pull = positives.reduce((sum, p) => sum + Math.exp(-alpha * (s(p) - lambda)), 1);
    const push = negatives.reduce((sum, n) => sum + Math.exp(beta * (lowered(n) - lambda)), 1);
    loss += (Math.log(pull) / alpha + Math.log(push) / beta) / labels.length;
  }
  return loss;
};

const code: Recipe = { name: 'multi-similarity', variant: 'code', alpha: 2, beta: 40, lambda: 0.5, epsilon: 0.1, mining: 'own', oneSided: 'skip' };
const recipes: Recipe[] = [
  code,
  { ...code, variant: 'paper', beta: 50, lambda: 1 },
  { ...code, oneSided: 'keep' },
  { ...code, beta: 50, mining: 'none', oneSided: 'keep' },
];

describe.each(recipes)('multi-similarity loss, beta $beta, mining $mining, one-sided anchors: $oneSided', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 5e-5 });
});

describe.each(recipes)('multi-similarity loss with direction, beta $beta, mining $mining, one-sided: $oneSided', (loss) => {
  itIsSound({ plan: { loss, regularizers: [{ name: 'direction', weight: 0.3 }] }, oracle: oracleOf(loss, 0.3), tolerance: 1e-4, torn: 'rows' });
});

describe('multi-similarity loss', () => {
  it('counts an anchor whose mining leaves one side as not mined', () => {
    const batch = { embeddings: [[1, 0], [1, 0.01], [-1, 0], [-1, 0.01]], labels: [0, 0, 1, 1], proxies: [] };
    const { value, diagnostics } = evaluateLoss({ loss: code }, batch);
    expect(value).toBe(0);
    expect(diagnostics.skipped).toEqual({ noPositive: 0, noNegative: 0, notMined: 4, zeroVector: 0 });
    expect(diagnostics.activeShare).toBe(0);
  });
});
