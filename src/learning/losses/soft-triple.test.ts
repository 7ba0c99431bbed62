import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

type Recipe = LossOf<'soft-triple'>;

const oracleOf = ({ subProxies, lambda, gamma, delta, tau }: Recipe): Oracle => ({ embeddings, labels, proxies }) => {
  const classes = proxies.length / subProxies;
  const centres = (c: number) => proxies.slice(c * subProxies, (c + 1) * subProxies).map(unit);
  const main = mean(embeddings.map((x, i) => {
    const weights = Array.from({ length: classes }, (_, c) => {
      const s = centres(c).map((centre) => dot(unit(x), centre));
      const total = s.reduce((sum, value) => sum + Math.exp(value / gamma), 0);
      const relaxed = s.reduce((sum, value) => sum + (Math.exp(value / gamma) / total) * value, 0);
      return Math.exp(lambda * (relaxed - (c === labels[i] ? delta : 0)));
    });
    return -Math.log(weights[labels[i]!]! / weights.reduce((sum, weight) => sum + weight, 0));
  }));
  let spread = 0;
  for (let c = 0; c < classes; c++) {
    for (let k = 0; k < subProxies; k++) {
      for (let l = k + 1; l < subProxies; l++) spread += Math.sqrt(squaredDistance(centres(c)[k]!, centres(c)[l]!));
    }
  }
  return main + (subProxies > 1 ? (tau * spread) / (classes * subProxies * (subProxies - 1)) : 0);
};

describe.each([{ subProxies: 3, tau: 0.2 }, { subProxies: 2, tau: 0 }, { subProxies: 1, tau: 0.2 }])(
  'soft-triple loss, $subProxies centres, tau $tau', ({ subProxies, tau }) => {
    const loss: Recipe = { name: 'soft-triple', subProxies, lambda: 20, gamma: 0.1, delta: 0.01, tau };
    itIsSound({ plan: { loss }, oracle: oracleOf(loss), perClass: subProxies, tolerance: 5e-5 });
  });

describe('soft-triple loss', () => {
  it('leaves centres that already coincide where they are', () => {
    const batch = { embeddings: [[1, 0], [0, 1]], labels: [0, 1], proxies: [[1, 1], [1, 1], [-1, 1], [-1, 1]] };
    const loss: Recipe = { name: 'soft-triple', subProxies: 2, lambda: 20, gamma: 0.1, delta: 0, tau: 0.2 };
    const { value, proxies } = evaluateLoss({ loss }, batch);
    expect([value, ...proxies!.flat()].every(Number.isFinite)).toBe(true);
  });
});
