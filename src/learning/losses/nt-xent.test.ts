import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

const oracleOf = ({ temperature }: LossOf<'nt-xent'>): Oracle => ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  const losses: number[] = [];
  for (const a of labels.keys()) {
    const weight = (j: number) => Math.exp(dot(f[a]!, f[j]!) / temperature);
    const others = [...labels.keys()].filter((n) => labels[n] !== labels[a]).reduce((sum, n) => sum + weight(n), 0);
    for (const p of labels.keys()) {
      if (p !== a && labels[p] === labels[a]) losses.push(-Math.log(weight(p) / (weight(p) + others)));
    }
  }
  return mean(losses);
};

describe.each([0.07, 0.5])('nt-xent loss, temperature %d', (temperature) => {
  const loss: LossOf<'nt-xent'> = { name: 'nt-xent', temperature };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 5e-5 });
});

describe('nt-xent loss', () => {
  it('equals the supervised contrastive loss where each row has one partner', () => {
    const batch = sampleBatch(3, { rows: 8, width: 4, classes: 4, perClass: 1 });
    const supervised = evaluateLoss({ loss: { name: 'sup-con', temperature: 0.2 } }, batch);
    expect(evaluateLoss({ loss: { name: 'nt-xent', temperature: 0.2 } }, batch).value).toBeCloseTo(supervised.value, 5);
  });
});
