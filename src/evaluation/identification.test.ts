import { describe, expect, it } from 'vitest';
import { searchGallery } from './compare-probes.ts';
import { fnmrAtFmr } from './fnmr-at-fmr.ts';
import { cumulativeMatch, identificationPoints, openSetErrors, rankOneRate, searchResults } from './identification.ts';
import { randomInteger, seededRandom } from './random.ts';

const random = seededRandom(21);
const dimension = 2;
const someTemplates = (count: number, subjects: number) => ({
  embeddings: Float32Array.from({ length: count * dimension }, () => 1 + randomInteger(random, 3)), // coarse, so ties occur
  dimension,
  subjects: Int32Array.from({ length: count }, () => randomInteger(random, subjects)),
});
const search = searchGallery(someTemplates(25, 10), someTemplates(80, 14));
const results = searchResults(search);

/** One row of plain numbers for each probe: the literal definitions below start from it. */
const literal = [...search.probes()].map(({ probeSubject, scores }) => {
  const candidates = [...search.enrolled].map((subject, position) => ({ subject, score: scores[position]! }));
  // The candidate list in the worst order: the mate behind its equals.
  candidates.sort((a, b) => b.score - a.score || Number(a.subject === probeSubject) - Number(b.subject === probeSubject));
  return { probeSubject, candidates, rank: candidates.findIndex(({ subject }) => subject === probeSubject) + 1 };
});
const mated = literal.filter(({ rank }) => rank > 0);
const nonMated = literal.filter(({ rank }) => rank === 0);

describe('identification', () => {
  it('ranks each mate at its place in the candidate list, behind its equals', () => {
    expect(mated.length).toBeGreaterThan(20);
    expect(nonMated.length).toBeGreaterThan(5);
    expect([...results.mateRanks]).toEqual(mated.map(({ rank }) => rank));
    expect([...results.topScores]).toEqual(nonMated.map(({ candidates }) => candidates[0]!.score));
  });

  it('has the literal cumulative match characteristic, rising to 1 at rank N', () => {
    const curve = cumulativeMatch(results, 99);
    expect(curve).toHaveLength(results.enrolledCount);
    curve.forEach((share, index) => {
      expect(share).toBe(mated.filter(({ rank }) => rank <= index + 1).length / mated.length);
    });
    expect(curve.at(-1)).toBe(1);
    expect(rankOneRate(results)).toBe(curve[0]);
  });

  it('has the literal FPIR and FNIR at every threshold and rank', () => {
    for (const threshold of [-1, 0.8, 0.95, 1, 2]) {
      for (const maximumRank of [1, 3, 10]) {
        const misses = mated.filter(
          ({ candidates, probeSubject }) =>
            !candidates.slice(0, maximumRank).some(({ subject, score }) => subject === probeSubject && score >= threshold),
        ).length;
        const alarms = nonMated.filter(({ candidates }) => candidates.some(({ score }) => score >= threshold)).length;
        expect(openSetErrors(results, { threshold, maximumRank })).toEqual({
          enrolledCount: search.enrolled.length,
          threshold,
          maximumRank,
          fpir: alarms / nonMated.length,
          falsePositives: alarms,
          nonMatedSearches: nonMated.length,
          fnir: misses / mated.length,
          falseNegatives: misses,
          matedSearches: mated.length,
        });
      }
    }
  });

  it('reads FNIR at a target FPIR from its operating points', () => {
    for (const maximumRank of [1, 5]) {
      for (const target of [0.2, 0.5, 0.9, 1]) {
        const point = fnmrAtFmr(identificationPoints(results, maximumRank), target);
        if (point.threshold === -Infinity) continue; // it accepts even the mates ranked too low
        const errors = openSetErrors(results, { threshold: point.threshold, maximumRank });
        expect(errors).toMatchObject({ fpir: point.achieved, fnir: point.fnmr });
        expect(errors.fpir).toBeLessThanOrEqual(target);
      }
    }
  });

  it('finds nobody first when all templates are alike', () => {
    const alike = { embeddings: new Float32Array(6).fill(1), dimension: 2, subjects: Int32Array.of(1, 2, 3) };
    const collapsed = searchResults(searchGallery(alike, alike));
    expect([...collapsed.mateRanks]).toEqual([3, 3, 3]);
    expect(rankOneRate(collapsed)).toBe(0);
  });

  it('is refused without the searches that a figure needs', () => {
    const none = { ...results, mateScores: new Float64Array(0), mateRanks: new Uint32Array(0) };
    const closed = { ...results, topScores: new Float64Array(0) };
    expect(() => rankOneRate(none)).toThrow(/No probe belongs/);
    expect(() => openSetErrors(closed, { threshold: 0, maximumRank: 1 })).toThrow(/no FPIR exists/);
    expect(() => openSetErrors(results, { threshold: NaN, maximumRank: 1 })).toThrow(/not a number/);
    expect(() => identificationPoints(closed, 1)).toThrow(/no FPIR exists/);
    expect(() => cumulativeMatch(results, 0)).toThrow(/rank/);
  });
});
