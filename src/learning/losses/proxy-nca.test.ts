import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = LossOf<'proxy-nca'>;

const cosineOfTurn = (f: number[], own: number[], other: number[]) =>
  dot(unit(other.map((value, k) => value - f[k]!)), unit(own.map((value, k) => value - f[k]!)));

const oracleOf = ({ variant, scale, smoothing }: Recipe, direction = 0): Oracle => ({ embeddings, labels, proxies }) => {
  const p = proxies.map(unit);
  return mean(embeddings.map(unit).map((f, i) => {
    const y = labels[i]!;
    const logit = (c: number) => -(scale ** 2) * squaredDistance(f, p[c]!);
    const others = [...p.keys()].filter((c) => c !== y);
    if (others.length === 0) return 0;
    if (variant === 'paper') {
      const turn = (c: number) => (direction > 0 ? direction * cosineOfTurn(f, p[y]!, p[c]!) : 0);
      return Math.log(others.reduce((sum, c) => sum + Math.exp(logit(c) - turn(c)), 0)) - logit(y);
    }
    const all = Math.log(p.reduce((sum, _, c) => sum + Math.exp(logit(c)), 0));
    return p.reduce((sum, _, c) => sum + (c === y ? 1 - smoothing : smoothing / (p.length - 1)) * (all - logit(c)), 0);
  }));
};

const paper: Recipe = { name: 'proxy-nca', variant: 'paper', scale: 1, smoothing: 0 };

describe.each<Recipe>([paper, { ...paper, scale: 3 }, { ...paper, variant: 'code', scale: 3, smoothing: 0.1 }, { ...paper, variant: 'code' }])(
  'proxy-nca loss, $variant, scale $scale, smoothing $smoothing', (loss) => {
    itIsSound({ plan: { loss }, oracle: oracleOf(loss) });
  });

describe.each([1, 2])('proxy-nca loss with direction, scale %d', (scale) => {
  const loss: Recipe = { ...paper, scale };
  itIsSound({ plan: { loss, regularizers: [{ name: 'direction', weight: 0.3 }] }, oracle: oracleOf(loss, 0.3) });
});

describe('proxy-nca loss', () => {
  it('is 0 with one class: there is nothing to tell apart', () => {
    const batch = sampleBatch(1, { rows: 4, width: 3, classes: 1, perClass: 1 });
    const { value, proxies, diagnostics } = evaluateLoss({ loss: paper }, batch);
    expect([value, proxies!.flat().every((slope) => slope === 0), diagnostics.skipped.noNegative]).toEqual([0, true, 4]);
  });

  it('takes no turn where a row lies on its proxy', () => {
    const { embeddings, ...batch } = sampleBatch(1, { rows: 4, width: 3, classes: 2, perClass: 1 });
    const onProxy = { ...batch, embeddings: embeddings.with(0, batch.proxies[0]!) };
    const { embeddings: gradient } = evaluateLoss({ loss: paper, regularizers: [{ name: 'direction', weight: 0.3 }] }, onProxy);
    expect(gradient.flat().every(Number.isFinite)).toBe(true);
  });
});
