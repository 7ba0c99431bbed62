import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

const oracleOf = ({ alpha, delta }: LossOf<'proxy-anchor'>): Oracle => ({ embeddings, labels, proxies }) => {
  const pulls: number[] = [];
  const pushes: number[] = [];
  for (const [c, proxy] of proxies.entries()) {
    let pull = 0;
    let push = 0;
    for (const [i, x] of embeddings.entries()) {
      const s = dot(unit(x), unit(proxy));
      if (labels[i] === c) pull += Math.exp(-alpha * (s - delta));
      else push += Math.exp(alpha * (s + delta));
    }
    if (labels.includes(c)) pulls.push(Math.log(1 + pull));
    pushes.push(Math.log(1 + push));
  }
  return mean(pulls) + mean(pushes);
};

describe.each([{ alpha: 32, delta: 0.1 }, { alpha: 4, delta: 0.3 }])('proxy-anchor loss, alpha $alpha', (options) => {
  const loss: LossOf<'proxy-anchor'> = { name: 'proxy-anchor', ...options };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 5e-5 });
});

describe('proxy-anchor loss', () => {
  it('stays finite where a naive exp overflows float32', () => {
    const batch = { embeddings: [[1, 0], [1, 0]], labels: [0, 1], proxies: [[1, 0], [-1, 0]] };
    const { value } = evaluateLoss({ loss: { name: 'proxy-anchor', alpha: 500, delta: 0.1 } }, batch);
    expect(value).toBeCloseTo((500 * 1.1) / 2 + (500 * 1.1) / 2, 2);
  });

  it('only pushes the proxy of a class that the batch lacks', () => {
    const batch = { embeddings: [[1, 0.2]], labels: [0], proxies: [[1, 0], [1, 1]] };
    const { proxies } = evaluateLoss({ loss: { name: 'proxy-anchor', alpha: 32, delta: 0.1 } }, batch);
    expect(dot(proxies![1]!, [1, 0.2])).toBeGreaterThan(0);
  });
});
