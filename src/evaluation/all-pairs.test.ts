import { describe, expect, it } from 'vitest';
import { choosePairs, nearestSamples, nearestTemplates, pairPlace } from './all-pairs.ts';
import { cosineSimilarity } from './cosine-similarity.ts';
import { seededRandom } from './random.ts';

const random = seededRandom(3);
const count = 23;
const subjects = Int32Array.from({ length: count }, (_, sample) => sample % 5);
// Few distinct scores: ties are common.
const scores = Float64Array.from({ length: (count * (count - 1)) / 2 }, () => Math.round(random() * 20) / 20);
const everyPair = Array.from({ length: count }, (_, first) => first).flatMap((first) =>
  Array.from({ length: count - first - 1 }, (_, after) => ({ first, second: first + 1 + after })));
const literal = everyPair.map((pair, place) => ({ ...pair, score: scores[place]! }));

describe('pairs out of all pairs', () => {
  it('have their place row by row', () => {
    everyPair.forEach(({ first, second }, place) => expect(pairPlace(first, second, count)).toBe(place));
  });

  it.each(['mated', 'non-mated'] as const)('are the worst %s ones, as sorting all of them finds', (kind) => {
    const sign = kind === 'mated' ? 1 : -1;
    const ofKind = literal.filter(({ first, second }) => (subjects[first] === subjects[second]) === (kind === 'mated'));
    const wanted = [...ofKind].sort((one, other) => sign * (one.score - other.score)).slice(0, 17);
    const { pairs, errors } = choosePairs({ scores, subjects }, { kind, order: 'worst', threshold: 0.5, limit: 17 });
    expect(pairs).toEqual(wanted);
    expect(errors).toBe(ofKind.filter(({ score }) => (kind === 'mated' ? score < 0.5 : score >= 0.5)).length);
  });

  it('are those nearest a threshold, on both sides', () => {
    const ofKind = literal.filter(({ first, second }) => subjects[first] !== subjects[second]);
    const wanted = [...ofKind].sort((one, other) => Math.abs(one.score - 0.52) - Math.abs(other.score - 0.52)).slice(0, 30);
    const { pairs } = choosePairs({ scores, subjects }, { kind: 'non-mated', order: 'nearest', threshold: 0.52, limit: 30 });
    expect(pairs).toEqual(wanted);
    expect(new Set(pairs.map(({ score }) => score >= 0.52)).size).toBe(2);
  });

  it('are fewer than the limit where there are no more', () => {
    expect(choosePairs({ scores: Float64Array.of(0.4), subjects: Int32Array.of(7, 7) }, { kind: 'mated', order: 'worst', threshold: 0.4, limit: 9 }))
      .toEqual({ errors: 0, pairs: [{ first: 0, second: 1, score: 0.4 }] });
  });
});

describe('the nearest samples', () => {
  it('are those with the highest scores, never the sample itself', () => {
    const wanted = literal
      .filter(({ first, second }) => first === 11 || second === 11)
      .map(({ first, second, score }) => ({ sample: first === 11 ? second : first, score }))
      .sort((one, other) => other.score - one.score || one.sample - other.sample);
    expect(nearestSamples({ scores, subjects }, 11, 9)).toEqual(wanted.slice(0, 9));
    expect(nearestSamples({ scores, subjects }, 11, 100)).toHaveLength(count - 1);
  });

  it('are the same from the templates as from the scores of all pairs', () => {
    const dimension = 8;
    const embeddings = Float32Array.from({ length: count * dimension }, () => random() - 0.5);
    const row = (sample: number): Float32Array => embeddings.slice(sample * dimension, (sample + 1) * dimension);
    const own = Float64Array.from(everyPair, ({ first, second }) => cosineSimilarity(row(first), row(second)));
    expect(nearestTemplates({ embeddings, dimension, subjects }, 11, 9)).toEqual(nearestSamples({ scores: own, subjects }, 11, 9));
  });
});
