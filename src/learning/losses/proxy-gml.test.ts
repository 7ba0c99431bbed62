import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LossOf } from '../../contract/recipe/losses.ts';
import { LossError } from '../loss-error.ts';
import { evaluateLoss } from '../test-support/evaluate-loss.ts';
import { itIsSound } from '../test-support/loss-suite.ts';
import { dot, mean, unit } from '../test-support/oracle.ts';
import type { Oracle } from '../test-support/oracle.ts';
import { sampleBatch } from '../test-support/sample-batch.ts';
import { nthLargest } from './nth-largest.ts';

type Recipe = LossOf<'proxy-gml'>;

const crossEntropy = (sums: Map<number, number>, label: number) =>
  Math.log([...sums.values()].reduce((total, z) => total + Math.exp(z), 0)) - sums.get(label)!;

const oracleOf = ({ subProxies, topK, ratio, lambda }: Recipe): Oracle => ({ embeddings, labels, proxies }) => {
  const q = proxies.map(unit);
  const classOf = (j: number) => Math.floor(j / subProxies);
  const seen = Math.min(q.length, topK ?? Math.max(Math.ceil(ratio * q.length), subProxies + 1));
  const main = embeddings.map((x, i) => {
    const s = q.map((proxy) => dot(unit(x), proxy));
    const forced = (j: number) => s[j]! + (classOf(j) === labels[i] ? 1000 : 0);
    const sums = new Map<number, number>();
    for (const j of [...q.keys()].sort((a, b) => forced(b) - forced(a) || a - b).slice(0, seen)) {
      sums.set(classOf(j), (sums.get(classOf(j)) ?? 0) + s[j]!);
    }
    return crossEntropy(sums, labels[i]!);
  });
  const among = q.map((proxy, j) => {
    const sums = new Map<number, number>();
    q.forEach((other, k) => { sums.set(classOf(k), (sums.get(classOf(k)) ?? 0) + dot(proxy, other)); });
    return crossEntropy(sums, classOf(j));
  });
  return mean(main) + lambda * mean(among);
};

const recipes: Recipe[] = [
  { name: 'proxy-gml', subProxies: 2, topK: 4, ratio: 0.05, lambda: 0 },
  { name: 'proxy-gml', subProxies: 3, topK: null, ratio: 0.6, lambda: 0.3 },
  { name: 'proxy-gml', subProxies: 1, topK: null, ratio: 0.05, lambda: 0.3 },
];

describe.each(recipes)('proxy-gml loss, $subProxies sub-proxies, K $topK, lambda $lambda', (loss) => {
  itIsSound({ plan: { loss }, oracle: oracleOf(loss), perClass: loss.subProxies, torn: 'proxies' });
});

describe('proxy-gml loss', () => {
  it('refuses a K that shows a row only its own class', () => {
    const batch = sampleBatch(1, { rows: 4, width: 3, classes: 2, perClass: 2 });
    expect(() => evaluateLoss({ loss: { ...recipes[0]!, topK: 2 } }, batch)).toThrow(LossError);
  });

  it('gives a zero vector the loss of a guess, not a dead 46', () => {
    const batch = { ...sampleBatch(1, { rows: 1, width: 3, classes: 2, perClass: 2 }), embeddings: [[0, 0, 0]] };
    expect(evaluateLoss({ loss: recipes[0]! }, batch).value).toBeCloseTo(Math.log(2), 6);
  });
});

describe('nthLargest', () => {
  it('finds what sorting finds', () => {
    fc.assert(fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 60 }), fc.nat(), (values, seed) => {
      const n = 1 + (seed % values.length);
      expect(nthLargest(Float32Array.from(values), n)).toBe(Float32Array.from(values).sort().reverse()[n - 1]);
    }));
  });
});
