import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

const oracleOf = ({ scale, margin }: LossOf<'cosface'>): Oracle => ({ embeddings, labels, proxies }) => mean(embeddings.map((x, i) => {
  const logits = proxies.map((proxy, c) => scale * (dot(unit(x), unit(proxy)) - (c === labels[i] ? margin : 0)));
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)) - logits[labels[i]!]!;
}));

describe.each([{ scale: 64, margin: 0.4 }, { scale: 10, margin: 0 }])('cosface loss, scale $scale, margin $margin', (options) => {
  const loss: LossOf<'cosface'> = { name: 'cosface', ...options };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 1e-4 });
});

describe('cosface loss', () => {
  it('without margin is proxy-nca++ with temperature 2 / scale', () => {
    const batch = sampleBatch(9, { rows: 6, width: 3, classes: 3, perClass: 1 });
    const plain = evaluateLoss({ loss: { name: 'proxy-nca-plus-plus', temperature: 0.2 } }, batch).value;
    expect(evaluateLoss({ loss: { name: 'cosface', scale: 10, margin: 0 } }, batch).value).toBeCloseTo(plain, 5);
  });
});
