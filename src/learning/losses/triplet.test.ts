import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import type { MinerRecipe } from '../../contract/recipe/miners.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';

type Recipe = LossOf<'triplet'>;

const measure = {
  'squared-euclidean': squaredDistance,
  euclidean: (a: readonly number[], b: readonly number[]) => Math.sqrt(squaredDistance(a, b)),
  cosine: (a: readonly number[], b: readonly number[]) => 1 - dot(a, b),
};

/** Every triplet with D_an − D_ap in the band. */
const oracleOf = ({ distance, margin, reduction }: Recipe, [above, upTo] = [-Infinity, Infinity]): Oracle => ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  const losses: number[] = [];
  for (const a of labels.keys()) {
    for (const p of labels.keys()) {
      for (const n of labels.keys()) {
        if (p === a || labels[p] !== labels[a] || labels[n] === labels[a]) continue;
        const gap = measure[distance](f[a]!, f[p]!) - measure[distance](f[a]!, f[n]!);
        if (-gap <= above! || -gap > upTo!) continue;
        losses.push(margin === 'soft' ? Math.log(1 + Math.exp(gap)) : Math.max(0, gap + margin));
      }
    }
  }
  const sum = losses.reduce((total, loss) => total + loss, 0);
  const items = reduction === 'mean' ? losses.length : losses.filter((loss) => loss > 0).length;
  return reduction === 'sum' ? sum : sum / Math.max(1, items);
};

const recipes: Recipe[] = (['squared-euclidean', 'euclidean', 'cosine'] as const).flatMap((distance) => [
  { name: 'triplet', distance, margin: 0.2, reduction: 'mean-nonzero' },
  { name: 'triplet', distance, margin: 'soft', reduction: 'mean' },
]);

describe.each(recipes)('triplet loss, $distance, margin $margin', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss) });
});

describe.each<[MinerRecipe, [number, number]]>([
  [{ name: 'hard' }, [-Infinity, 0]],
  [{ name: 'semi-hard', margin: 0.3 }, [0, 0.3]],
  [{ name: 'easy', margin: 0.1 }, [0.1, Infinity]],
])('triplet loss of the band of miner %j', (miner, band) => {
  const loss: Recipe = { name: 'triplet', distance: 'squared-euclidean', margin: 0.4, reduction: 'sum' };
  itIsSound({ plan: { loss, miner }, oracle: oracleOf(loss, band), ...(miner.name !== 'easy' && { torn: 'rows' as const }) });
});

describe('triplet loss', () => {
  const loss: Recipe = { name: 'triplet', distance: 'squared-euclidean', margin: 0.2, reduction: 'sum' };

  it('counts all 24 triplets of three pairs, and lists the dearest', () => {
    const { diagnostics } = evaluateLoss({ loss }, sampleBatch(1, { rows: 6, width: 3, classes: 3, perClass: 1 }));
    expect(diagnostics.items).toBe(24);
    expect(diagnostics.costliest.length).toBeGreaterThan(0);
    expect(diagnostics.costliest.map(({ loss: cost }) => cost)).toEqual(diagnostics.costliest.map(({ loss: cost }) => cost).sort((a, b) => b - a));
  });

  it('with cosine distance sums to half of the squared form with twice the margin', () => {
    const batch = sampleBatch(2, { rows: 12, width: 5, classes: 3, perClass: 1 });
    const half = evaluateLoss({ loss: { ...loss, distance: 'cosine' } }, batch).value;
    expect(evaluateLoss({ loss: { ...loss, margin: 0.4 } }, batch).value).toBeCloseTo(2 * half, 4);
  });

  it('collapsed costs exactly the margin', () => {
    const batch = { embeddings: [[1, 0], [1, 0], [1, 0]], labels: [0, 0, 1], proxies: [] };
    expect(evaluateLoss({ loss: { ...loss, reduction: 'mean' } }, batch).value).toBeCloseTo(0.2, 6);
  });
});
