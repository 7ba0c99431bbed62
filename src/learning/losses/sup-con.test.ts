import '@tensorflow/tfjs-backend-cpu';
import { describe } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';

const oracleOf = ({ temperature }: LossOf<'sup-con'>): Oracle => ({ embeddings, labels }) => {
  const f = embeddings.map(unit);
  const losses: number[] = [];
  for (const i of labels.keys()) {
    const rest = [...labels.keys()].filter((j) => j !== i);
    const weight = (j: number) => Math.exp(dot(f[i]!, f[j]!) / temperature);
    const all = rest.reduce((sum, j) => sum + weight(j), 0);
    const positives = rest.filter((j) => labels[j] === labels[i]);
    if (positives.length > 0) losses.push(mean(positives.map((p) => -Math.log(weight(p) / all))));
  }
  return mean(losses);
};

describe.each([0.1, 0.7])('supervised contrastive loss, temperature %d', (temperature) => {
  const loss: LossOf<'sup-con'> = { name: 'sup-con', temperature };
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), tolerance: 5e-5 });
});
