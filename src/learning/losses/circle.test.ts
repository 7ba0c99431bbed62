import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

const oracleOf = ({ gamma, margin }: LossOf<'circle'>): Oracle => ({ embeddings, labels }, base) => {
  const [f, still] = [embeddings.map(unit), base.embeddings.map(unit)];
  const losses: number[] = [];
  for (const i of labels.keys()) {
    let pull = 0;
    let push = 0;
    for (const j of labels.keys()) {
      if (j === i) continue;
      const [s, held] = [dot(f[i]!, f[j]!), dot(still[i]!, still[j]!)];
      if (labels[j] === labels[i]) pull += Math.exp(-gamma * Math.max(0, 1 + margin - held) * (s - 1 + margin));
      else push += Math.exp(gamma * Math.max(0, held + margin) * (s - margin));
    }
    if (pull > 0 && push > 0) losses.push(Math.log(1 + pull * push));
  }
  return mean(losses);
};

describe.each([{ gamma: 16, margin: 0.25 }, { gamma: 80, margin: 0.4 }])('circle loss, gamma $gamma', (options) => {
  const loss: LossOf<'circle'> = { name: 'circle', ...options };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 1e-4 });
});

describe('circle loss', () => {
  it('vanishes when every pair is beyond its margin', () => {
    const batch = { embeddings: [[1, 0], [1, 0], [-1, 0], [-1, 0]], labels: [0, 0, 1, 1], proxies: [] };
    expect(evaluateLoss({ loss: { name: 'circle', gamma: 80, margin: 0.4 } }, batch).value).toBeLessThan(1e-5);
  });
});
