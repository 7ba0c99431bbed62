import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

const oracleOf = ({ scale }: LossOf<'nca'>): Oracle => ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  const losses: number[] = [];
  for (const i of labels.keys()) {
    let matching = 0;
    let all = 0;
    for (const j of labels.keys()) {
      if (j === i) continue;
      const weight = Math.exp(-scale * squaredDistance(f[i]!, f[j]!));
      all += weight;
      if (labels[j] === labels[i]) matching += weight;
    }
    if (matching > 0) losses.push(-Math.log(matching / all));
  }
  return mean(losses);
};

describe.each([1, 4])('nca loss, scale %d', (scale) => {
  const loss: LossOf<'nca'> = { name: 'nca', scale };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss) });
});

describe('nca loss', () => {
  it('keeps the hard row that a naive softmax in float32 would lose', () => {
    const batch = { embeddings: [[1, 0], [-1, 0], [1, 0.001]], labels: [0, 0, 1], proxies: [] };
    const { value, diagnostics } = evaluateLoss({ loss: { name: 'nca', scale: 100 } }, batch);
    expect(value).toBeGreaterThan(150);
    expect(diagnostics.items).toBe(2);
  });
});
