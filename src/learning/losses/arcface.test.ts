import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss, gap } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = LossOf<'arcface'>;

const oracleOf = ({ scale, margin }: Recipe): Oracle => ({ embeddings, labels, proxies }) => mean(embeddings.map((x, i) => {
  const logits = proxies.map((proxy, c) => {
    const s = dot(unit(x), unit(proxy));
    if (c !== labels[i]) return scale * s;
    const angle = Math.acos(s);
    return scale * (angle + margin > Math.PI ? s - margin * Math.sin(margin) : Math.cos(angle + margin));
  });
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)) - logits[labels[i]!]!;
}));

const recipe: Recipe = { name: 'arcface', scale: 64, margin: 0.5, gradient: 'exact' };

describe.each<Recipe>([recipe, { ...recipe, scale: 8, margin: 0.2 }])('arcface loss, scale $scale, margin $margin', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 1e-4 });
});

describe('arcface loss', () => {
  it('has a finite gradient where a row lies on its proxy, where acos has none', () => {
    const batch = { embeddings: [[1, 0], [0.6, 0.8]], labels: [0, 1], proxies: [[1, 0], [0.6, 0.8]] };
    const { value, embeddings, proxies } = evaluateLoss({ loss: recipe }, batch);
    expect([value, ...embeddings.flat(), ...proxies!.flat()].every(Number.isFinite)).toBe(true);
  });

  it('with gradient "identity" has the same value and the gradient of a margin that is not there', () => {
    const batch = sampleBatch(6, { rows: 1, width: 3, classes: 2, perClass: 1 });
    const exact = evaluateLoss({ loss: { ...recipe, scale: 4 } }, batch);
    const identity = evaluateLoss({ loss: { ...recipe, scale: 4, gradient: 'identity' } }, batch);
    expect(identity.value).toBe(exact.value);
    expect(gap(identity.embeddings, exact.embeddings)).toBeGreaterThan(1e-3);
  });
});
