import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

const oracleOf = ({ temperature }: LossOf<'proxy-nca-plus-plus'>): Oracle => ({ embeddings, labels, proxies }) =>
  mean(embeddings.map((x, i) => {
    const weights = proxies.map((proxy) => Math.exp(-squaredDistance(unit(x), unit(proxy)) / temperature));
    return -Math.log(weights[labels[i]!]! / weights.reduce((sum, weight) => sum + weight, 0));
  }));

describe.each([1 / 9, 1])('proxy-nca++ loss, temperature %d', (temperature) => {
  const loss: LossOf<'proxy-nca-plus-plus'> = { name: 'proxy-nca-plus-plus', temperature };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss) });
});

describe('proxy-nca++ loss', () => {
  it('changes with its temperature, unlike the formula as the survey prints it', () => {
    const batch = sampleBatch(2, { rows: 6, width: 3, classes: 3, perClass: 1 });
    const at = (temperature: number) => evaluateLoss({ loss: { name: 'proxy-nca-plus-plus', temperature } }, batch).value;
    expect(Math.abs(at(0.1) - at(1))).toBeGreaterThan(0.1);
  });

  it('stays exact where the own probability is too faint for float32', () => {
    const batch = { embeddings: [[1, 0]], labels: [1], proxies: [[1, 0], [-1, 0]] };
    expect(evaluateLoss({ loss: { name: 'proxy-nca-plus-plus', temperature: 0.01 } }, batch).value).toBeCloseTo(400, 2);
  });
});
