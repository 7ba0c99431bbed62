import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = LossOf<'sub-center-arcface'>;

const oracleOf = ({ subProxies, scale, margin }: Recipe): Oracle => ({ embeddings, labels, proxies }) => mean(embeddings.map((x, i) => {
  const logits: number[] = [];
  for (let c = 0; c < proxies.length / subProxies; c++) {
    const s = Math.max(...proxies.slice(c * subProxies, (c + 1) * subProxies).map((centre) => dot(unit(x), unit(centre))));
    const angle = Math.acos(s);
    const own = angle + margin > Math.PI ? s - margin * Math.sin(margin) : Math.cos(angle + margin);
    logits.push(scale * (c === labels[i] ? own : s));
  }
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)) - logits[labels[i]!]!;
}));

describe.each([2, 3])('sub-center arcface loss, %d centres', (subProxies) => {
  const loss: Recipe = { name: 'sub-center-arcface', subProxies, scale: 16, margin: 0.3 };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), perClass: subProxies, tolerance: 1e-4 });
});

describe('sub-center arcface loss', () => {
  it('with one centre is arcface', () => {
    const batch = sampleBatch(2, { rows: 6, width: 3, classes: 3, perClass: 1 });
    const arcface = evaluateLoss({ loss: { name: 'arcface', scale: 64, margin: 0.5, gradient: 'exact' } }, batch).value;
    expect(evaluateLoss({ loss: { name: 'sub-center-arcface', subProxies: 1, scale: 64, margin: 0.5 } }, batch).value).toBe(arcface);
  });
});
