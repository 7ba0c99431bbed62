import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { countPairs, pairSampleStudy } from './sampled-pairs.ts';
import { cosineTiles, walkTwice } from './score-tiles.ts';
import { finish } from './steps.ts';

const [count, dimension] = [300, 8];
const random = seededRandom(4);
const templates = { embeddings: Float32Array.from({ length: count * dimension }, () => random() - 0.5), dimension, subjects: Int32Array.from({ length: count }, (_, row) => row % 60) };
const tiles = cosineTiles(templates);

function sample(plan: { mated: number; nonMated: number; highest: number }) {
  const study = pairSampleStudy(templates.subjects, plan);
  finish(walkTwice(tiles, [study]));
  return study.result();
}

describe('some of all comparisons', () => {
  const whole = sample({ mated: 1e6, nonMated: 1e6, highest: 0 });
  const { mated, nonMated } = countPairs(templates.subjects);
  const nonMatedScores = whole.scores.subarray(mated);

  it('are all of them where there are few', () => {
    expect([mated, nonMated]).toEqual([60 * 10, (300 * 299) / 2 - 600]);
    expect([whole.mated, whole.drawn, whole.scores.length]).toEqual([mated, nonMated, mated + nonMated]);
    for (let at = 0; at < whole.scores.length; at++) {
      expect(whole.first[at]!).toBeLessThan(whole.second[at]!);
      expect(templates.subjects[whole.first[at]!] === templates.subjects[whole.second[at]!]).toBe(at < mated);
    }
  });

  it('are drawn evenly, and hold the highest non-mated scores besides', () => {
    const some = sample({ mated: 200, nonMated: 4000, highest: 50 });
    expect(some.mated).toBeGreaterThan(140);
    expect(some.mated).toBeLessThan(260);
    expect(Math.abs(some.drawn - 4000)).toBeLessThan(250);
    const drawn = some.scores.subarray(some.mated, some.mated + some.drawn);
    const mean = (scores: Float64Array): number => scores.reduce((sum, score) => sum + score, 0) / scores.length;
    expect(Math.abs(mean(drawn) - mean(nonMatedScores))).toBeLessThan(0.02);
    const highest = [...nonMatedScores].sort((one, other) => other - one).slice(0, 40);
    const kept = new Set(some.scores.subarray(some.mated));
    expect(highest.every((score) => kept.has(score))).toBe(true);
    expect(some.scores.length - some.mated - some.drawn).toBeLessThanOrEqual(50);
  });

  it('are the same pairs for the same rows, whatever they score', () => {
    const [one, other] = [sample({ mated: 200, nonMated: 4000, highest: 0 }), sample({ mated: 200, nonMated: 4000, highest: 0 })];
    expect(one).toEqual(other);
  });
});
