import { describe, expect, it } from 'vitest';
import { nearestRows } from './nearest-rows.ts';
import { neighbourGraph } from './neighbour-graph.ts';
import { layFlat } from './neighbour-layout.ts';
import { seededRandom } from './random.ts';
import { cosineTiles } from './score-tiles.ts';
import { finish } from './steps.ts';

const [GROUPS, EACH, DIMENSION, NEIGHBOURS] = [6, 20, 8, 14];
const random = seededRandom(3);
const subjects = Int32Array.from({ length: GROUPS * EACH }, (_, row) => Math.floor(row / EACH));
const centres = Float32Array.from({ length: GROUPS * DIMENSION }, () => random() - 0.5);
const embeddings = Float32Array.from({ length: subjects.length * DIMENSION }, (_, at) => centres[subjects[Math.floor(at / DIMENSION)]! * DIMENSION + (at % DIMENSION)]! + 0.2 * (random() - 0.5));
embeddings.copyWithin(0, DIMENSION, 2 * DIMENSION); // two equal rows
const nearest = finish(nearestRows(cosineTiles({ embeddings, dimension: DIMENSION, subjects }), NEIGHBOURS));
const graph = neighbourGraph(nearest, NEIGHBOURS);

describe('the graph of neighbours', () => {
  it('has an edge there and one back for each two of which one is a neighbour of the other, once', () => {
    const edges = new Set(Array.from(graph.from, (from, at) => `${from} ${graph.to[at]}`));
    const wanted = new Set(Array.from(nearest.rows).flatMap((other, at) => [`${Math.floor(at / NEIGHBOURS)} ${other}`, `${other} ${Math.floor(at / NEIGHBOURS)}`]));
    expect(edges).toEqual(wanted);
    expect(graph.from).toHaveLength(edges.size);
  });

  it('weighs an edge by the fuzzy union of both views, whose scales come to log2 of the neighbours', () => {
    const row = 50;
    const distances = Array.from(nearest.products.subarray(row * NEIGHBOURS, (row + 1) * NEIGHBOURS), (product) => Math.sqrt(2 - 2 * product));
    const views = (of: number): Map<number, number> => {
      const own = Array.from(nearest.products.subarray(of * NEIGHBOURS, (of + 1) * NEIGHBOURS), (product) => Math.sqrt(2 - 2 * product));
      // The literal definition: the scale is looked for in small steps.
      const sumAt = (scale: number): number => own.reduce((sum, distance) => sum + Math.exp(-Math.max(0, distance - own[0]!) / scale), 0);
      let scale = 1e-6;
      while (sumAt(scale) < Math.log2(NEIGHBOURS + 1)) scale *= 1.0001;
      return new Map(own.map((distance, at) => [nearest.rows[of * NEIGHBOURS + at]!, Math.exp(-Math.max(0, distance - own[0]!) / scale)]));
    };
    expect(distances[0]).toBeGreaterThan(0);
    for (const [other, there] of views(row)) {
      const back = views(other).get(row) ?? 0;
      const at = graph.from.findIndex((from, edge) => from === row && graph.to[edge] === other);
      expect(graph.weights[at]).toBeCloseTo(there + back - there * back, 3);
    }
  });
});

describe('the flat layout', () => {
  const start = Float64Array.from({ length: 2 * subjects.length }, () => random() - 0.5);
  const lay = () => finish(layFlat(graph, start, seededRandom(1)));

  it('keeps those together that belong together, wherever it began', () => {
    const places = lay();
    const isWithOwn = (row: number): boolean => {
      const square = (other: number): number => (places[2 * row]! - places[2 * other]!) ** 2 + (places[2 * row + 1]! - places[2 * other + 1]!) ** 2;
      const others = [...subjects.keys()].filter((other) => other !== row).sort((one, other) => square(one) - square(other));
      return others.slice(0, 5).every((other) => subjects[other] === subjects[row]);
    };
    expect([...subjects.keys()].filter(isWithOwn).length / subjects.length).toBeGreaterThan(0.9);
    expect(places.every(Number.isFinite)).toBe(true);
  });

  it('is the same for the same seed, and says how far it is', () => {
    expect(lay()).toEqual(lay());
    const steps = [...layFlat(graph, start, seededRandom(1))];
    expect(steps).toHaveLength(500);
    expect(steps.at(-1)).toEqual({ done: 500, total: 500 });
  });
});
