import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { mean, squaredDistance, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

type Recipe = LossOf<'contrastive'>;

const recipes: Recipe[] = [
  { name: 'contrastive', variant: 'survey', margin: 1.5, positiveMargin: 0 },
  { name: 'contrastive', variant: 'paper', margin: 1.2, positiveMargin: 0 },
  { name: 'contrastive', variant: 'code', margin: 1.3, positiveMargin: 0.4 },
];

const oracleOf = ({ variant, margin, positiveMargin }: Recipe): Oracle => ({ embeddings, labels }) => {
  const pulls: number[] = [];
  const pushes: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < labels.length; j++) {
      if (i === j) continue;
      const squared = squaredDistance(unit(embeddings[i]!), unit(embeddings[j]!));
      const d = Math.sqrt(squared);
      const isSame = labels[i] === labels[j];
      if (variant === 'survey') pulls.push(isSame ? squared : Math.max(0, margin - squared));
      if (variant === 'paper') pulls.push(isSame ? squared / 2 : Math.max(0, margin - d) ** 2 / 2);
      if (variant === 'code' && isSame) pulls.push(Math.max(0, d - positiveMargin));
      if (variant === 'code' && !isSame) pushes.push(Math.max(0, margin - d));
    }
  }
  if (variant !== 'code') return mean(pulls);
  return mean(pulls.filter((loss) => loss > 0)) + mean(pushes.filter((loss) => loss > 0));
};

describe.each(recipes)('contrastive loss, $variant', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss) });
});

describe('contrastive loss', () => {
  it('names the dearest pair first, and leaves coincident impostors where they are', () => {
    const batch = { embeddings: [[1, 0], [1, 0], [0, 1]], labels: [0, 1, 0], proxies: [] };
    const { diagnostics, embeddings } = evaluateLoss({ loss: recipes[0]! }, batch);
    expect(diagnostics.costliest[0]).toMatchObject({ positive: 2, anchor: 0, loss: 2 });
    expect(embeddings[1]!.map(Math.abs)).toEqual([0, 0]);
  });
});
