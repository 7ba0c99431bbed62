import { describe, expect, test } from 'vitest';
import type { Random } from '../../learning/random.ts';
import { randomStream } from '../../learning/random.ts';
import { loadNativeTables } from './native-table.ts';
import { createPortableTable } from './portable-table.ts';
import type { Match, TemplateTable } from './template-table.ts';

const native = loadNativeTables();
const kinds: [string, (size: number) => TemplateTable][] = [['portable', createPortableTable]];
if ('refusal' in native) console.warn(`The compiled search is not tested: ${native.refusal}`);
else kinds.push([`compiled for ${native.registers}`, native.create]);

function randomUnits(random: Random, rows: number, size: number): Float32Array {
  const vectors = Float32Array.from({ length: rows * size }, () => random.normal());
  for (let start = 0; start < vectors.length; start += size) {
    const length = Math.hypot(...vectors.subarray(start, start + size));
    for (let column = start; column < start + size; column++) vectors[column]! /= length;
  }
  return vectors;
}

/** Every score in float64 as plainly as can be, and all of them sorted. */
function bruteForce(vectors: Float32Array, probe: Float32Array, limit: number): number[] {
  const size = probe.length;
  const scored = Array.from({ length: vectors.length / size }, (_, row) => ({ row, score: probe.reduce((sum, value, column) => sum + value * vectors[row * size + column]!, 0) }));
  return scored.sort((one, other) => other.score - one.score || one.row - other.row).slice(0, limit).map(({ row }) => row);
}

const rowsOf = (matches: Match[]): number[] => matches.map(({ row }) => row);

describe.each(kinds)('a %s table', (_, create) => {
  // Sizes on both sides of whole registers, and more rows than one chunk holds.
  test.each([1, 13, 16, 100, 128, 512])('of %i numbers a row finds what a full sort finds, in its order, in both precisions', (size) => {
    const random = randomStream(size, 'table');
    const rows = size === 100 ? 9000 : 700;
    const vectors = randomUnits(random, rows, size);
    const table = create(size);
    table.append(vectors);
    // One probe at a time, and more than one block of them.
    for (const count of [1, 3, 40]) {
      const probes = randomUnits(random, count, size);
      for (const precision of ['float32', 'int8'] as const) {
        const found = table.search({ probes, limit: 7, precision });
        expect(found).toHaveLength(count);
        for (const probe of [0, count - 1]) {
          expect(rowsOf(found[probe]!)).toEqual(bruteForce(vectors, probes.subarray(probe * size, (probe + 1) * size), 7));
        }
      }
    }
  });

  test('tells apart rows whose codes are equal, and takes the earlier of equal rows', () => {
    const table = create(4);
    const row = [0.5, 0.5, 0.5, 0.5];
    table.append(new Float32Array([...row, ...row, 0.5, 0.5, 0.5, 0.5001, 0.5, 0.5, 0.5, 0.49999]));
    const [found] = table.search({ probes: new Float32Array([1, 1, 1, 1]), limit: 4, precision: 'int8' });
    expect(rowsOf(found!)).toEqual([2, 0, 1, 3]);
  });

  test('is as exact for rows and probes of any length, zero among them, and for probes far from a whole code', () => {
    const random = randomStream(9, 'lengths');
    const size = 24;
    const vectors = Float32Array.from(randomUnits(random, 400, size), (value, index) => value * 10 ** (Math.floor(index / size) % 7 - 3) * (Math.floor(index / size) % 11 === 0 ? 0 : 1));
    const table = create(size);
    table.append(vectors);
    const probes = Float32Array.from({ length: 20 * size }, (_, index) => (index % size === 0 ? 900 : random.normal()));
    for (const precision of ['float32', 'int8'] as const) {
      for (const [probe, found] of table.search({ probes, limit: 3, precision }).entries()) {
        expect(rowsOf(found)).toEqual(bruteForce(vectors, probes.subarray(probe * size, (probe + 1) * size), 3));
      }
    }
  });

  test('follows rows that are put and removed', () => {
    const random = randomStream(3, 'changes');
    const size = 20;
    const kept = Array.from({ length: 9000 }, () => randomUnits(random, 1, size));
    const table = create(size);
    for (const row of kept) table.append(row);
    for (let change = 0; change < 300; change++) {
      const row = Math.floor(random.uniform() * kept.length);
      const vector = randomUnits(random, 1, size);
      if (change % 3 === 0) {
        table.put(row, vector);
        kept[row] = vector;
      } else {
        table.remove(row);
        const last = kept.pop()!;
        if (row < kept.length) kept[row] = last;
      }
    }
    expect(table.rows).toBe(kept.length);
    const all = Float32Array.from(kept.flatMap((row) => [...row]));
    const probes = randomUnits(random, 8, size);
    for (const [probe, found] of table.search({ probes, limit: 5, precision: 'int8' }).entries()) {
      expect(rowsOf(found)).toEqual(bruteForce(all, probes.subarray(probe * size, (probe + 1) * size), 5));
    }
    table.clear();
    expect([table.rows, table.bytes, table.search({ probes, limit: 5, precision: 'int8' })[0]]).toEqual([0, 0, []]);
  });

  test('refuses what is not finite and keeps what it had', () => {
    const table = create(2);
    table.append(new Float32Array([1, 0]));
    expect(() => table.append(new Float32Array([0, Infinity]))).toThrow('finite');
    expect(table.rows).toBe(1);
    expect(() => table.search({ probes: new Float32Array([NaN, 0]), limit: 1, precision: 'float32' })).toThrow('finite');
  });
});

test.skipIf('refusal' in native)('compiled and portable, a table gives the same scores to the last bit', () => {
  const random = randomStream(5, 'bits');
  const [vectors, probes] = [randomUnits(random, 500, 77), randomUnits(random, 9, 77)];
  const tables = kinds.map(([, create]) => create(77));
  const found = tables.map((table) => {
    table.append(vectors);
    return table.search({ probes, limit: 10, precision: 'int8' });
  });
  expect(found[1]).toEqual(found[0]);
});
