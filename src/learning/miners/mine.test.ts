import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MinerRecipe } from '../../contract/recipe/miners.ts';
import { squaredEuclidean } from '../distances/distance.ts';
import { NEGATIVE, OUTSIDE, POSITIVE, rolesByLabel } from '../loss-pairs.ts';
import { everyTriplet, forEachTriplet, measured, rolesOf } from '../loss-selection.ts';
import type { MeasuredTable } from '../loss-selection.ts';
import { randomStream } from '../random.ts';
import { dot, unit } from '../test-support/oracle.ts';
import { mine } from './mine.ts';

const width = 3;

function tableOf(labels: readonly number[], seed: number): MeasuredTable {
  const { normal } = randomStream(seed, 'table');
  const f = labels.map(() => unit(Array.from({ length: width }, normal)));
  return measured({
    rows: labels.length, columns: labels.length,
    similarity: Float32Array.from(f.flatMap((a) => f.map((b) => dot(a, b)))),
    squaredNorm: new Float32Array(labels.length).fill(1),
    role: rolesByLabel(Int32Array.from(labels), Int32Array.from(labels)),
  }, squaredEuclidean);
}

/** Tables of any labels, singletons and single classes among them. */
const anyTable = fc.tuple(fc.array(fc.nat(3), { minLength: 1, maxLength: 12 }), fc.nat()).map(([labels, seed]) => ({ labels, seed, table: tableOf(labels, seed) }));

const drawn = (seed: number) => ({ width, random: randomStream(seed, 'draw').uniform });
const mineList = (recipe: MinerRecipe, table: MeasuredTable, seed = 1) => {
  const triplets: [number, number, number][] = [];
  forEachTriplet(table, mine(recipe, table, drawn(seed)), (...triplet) => { triplets.push(triplet); });
  return triplets;
};

const miners: MinerRecipe[] = [
  { name: 'all' }, { name: 'hard' }, { name: 'semi-hard', margin: 0.3 }, { name: 'easy', margin: 0.3 }, { name: 'batch-hard' },
  { name: 'n-hard', from: 2, to: 3 }, { name: 'distance-weighted', floor: 0.5, cutoff: 1.4 }, { name: 'multi-similarity', epsilon: 0.1 },
];

describe.each(miners)('miner $name', (recipe) => {
  it('gives triplets of three rows, the first two of one class and the third of another, each once', () => {
    fc.assert(fc.property(anyTable, ({ labels, table }) => {
      const triplets = mineList(recipe, table);
      for (const [a, p, n] of triplets) expect(a !== p && labels[a] === labels[p] && labels[a] !== labels[n]).toBe(true);
      expect(new Set(triplets.map(String)).size).toBe(triplets.length);
    }));
  });

  it('gives the roles of exactly the pairs in its triplets', () => {
    fc.assert(fc.property(anyTable, ({ table }) => {
      const expected = new Uint8Array(table.role.length);
      const selection = mine(recipe, table, drawn(1));
      if (selection.kind === 'pairs') return; // one-sided pairs make no triplet
      for (const [a, p, n] of mineList(recipe, table)) {
        expected[a * table.columns + p] = POSITIVE;
        expected[a * table.columns + n] = NEGATIVE;
      }
      if (recipe.name !== 'all') expect(rolesOf(selection, table)).toEqual(expected);
    }));
  });

  it('gives the same choice for the same seed', () => {
    fc.assert(fc.property(anyTable, ({ table, seed }) => {
      expect(mineList(recipe, table, seed)).toEqual(mineList(recipe, table, seed));
    }), { numRuns: 20 });
  });
});

describe('the bands', () => {
  it('part all triplets into hard, semi-hard and easy', () => {
    fc.assert(fc.property(anyTable, ({ labels, table }) => {
      const all = mineList({ name: 'all' }, table);
      const sizes = labels.map((label) => labels.filter((other) => other === label).length);
      expect(all.length).toBe(sizes.reduce((sum, size) => sum + (size - 1) * (labels.length - size), 0));
      const parts = miners.slice(1, 4).flatMap((miner) => mineList(miner, table));
      expect(parts.map(String).sort()).toEqual(all.map(String).sort());
    }));
  });
});

describe('batch-hard', () => {
  it('takes the farthest positive and the nearest negative of every anchor that has both', () => {
    fc.assert(fc.property(anyTable, ({ table }) => {
      const triplets = mineList({ name: 'batch-hard' }, table);
      for (const [a, p, n] of triplets) {
        const row = (role: number) => [...table.role.keys()]
          .filter((cell) => Math.floor(cell / table.columns) === a && table.role[cell] === role).map((cell) => table.distance[cell]!);
        expect(table.distance[a * table.columns + p]).toBe(Math.max(...row(POSITIVE)));
        expect(table.distance[a * table.columns + n]).toBe(Math.min(...row(NEGATIVE)));
      }
      expect(new Set(triplets.map(([a]) => a)).size).toBe(triplets.length);
    }));
  });

  it('never pairs an anchor with itself, even where everything coincides', () => {
    const table = tableOf([0, 0, 1], 1);
    const collapsed = measured({ ...table, similarity: new Float32Array(9).fill(1) }, squaredEuclidean);
    expect(mineList({ name: 'batch-hard' }, collapsed)).toEqual([[0, 1, 2], [1, 0, 2]]);
  });
});

describe('n-hard', () => {
  it('passes over the hardest negative, which may be mislabelled', () => {
    const table = tableOf([0, 0, 1, 1, 1], 3);
    const [hardest] = mineList({ name: 'n-hard', from: 1, to: 1 }, table);
    const [second] = mineList({ name: 'n-hard', from: 2, to: 2 }, table);
    expect(second![2]).not.toBe(hardest![2]);
  });
});

describe('distance-weighted', () => {
  it('draws no negative beyond the cut-off, and weighs by the inverse density of distances', () => {
    const table = tableOf([0, 0, ...new Array<number>(30).fill(1)], 5);
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const selection = mine({ name: 'distance-weighted', floor: 0.5, cutoff: 1.4 }, table, drawn(seed));
      if (selection.kind !== 'triplets') throw new TypeError(selection.kind);
      const first = selection.negatives[selection.anchors.indexOf(0)]!;
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    const distance = (n: number) => Math.sqrt(table.distance[n]!);
    const weight = (n: number) => (distance(n) > 1.4 ? 0 : 1 / Math.max(0.5, distance(n))); // d = 3: D^{2−3}
    const total = [...table.role.keys()].slice(2, 32).reduce((sum, n) => sum + weight(n), 0);
    for (let n = 2; n < 32; n++) expect(Math.abs((counts.get(n) ?? 0) / 3000 - weight(n) / total)).toBeLessThan(0.03);
  });

  it('gives nothing for an anchor with no negative in reach, where all weights of others vanish', () => {
    const table = tableOf([0, 0, 1], 1);
    const opposite = measured({ ...table, similarity: Float32Array.of(1, 1, -1, 1, 1, -1, -1, -1, 1) }, squaredEuclidean);
    expect(mineList({ name: 'distance-weighted', floor: 0.5, cutoff: 1.4 }, opposite)).toEqual([]);
  });
});

describe('everything', () => {
  it('leaves the diagonal outside', () => {
    const table = tableOf([0, 0, 0], 1);
    expect([0, 4, 8].map((cell) => rolesOf(everyTriplet, table)[cell])).toEqual([OUTSIDE, OUTSIDE, OUTSIDE]);
  });
});
