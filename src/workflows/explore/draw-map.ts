import { UMAP } from 'umap-js';
import type { NearestRows } from '../../evaluation/nearest-rows.ts';
import { principalPlane } from '../../evaluation/principal-components.ts';
import { seededRandom } from '../../evaluation/random.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { EvaluationMap } from '../../store/evaluation-maps.ts';
import type { ThreadProgress } from '../thread-tasks.ts';
import { mapNeighbours } from './map-neighbours.ts';

export interface MapOrder {
  templates: TemplateSet;
  /** For UMAP: `mapNeighbours` of each template. Without them the map is the principal plane. */
  nearest: NearestRows | null;
}

/** The same templates give the same map. */
const seed = 1;
const minDist = 0.1;

/** Lays the templates flat, two numbers each. Progress of UMAP in its epochs. */
export function* drawMap({ templates, nearest }: MapOrder): Generator<ThreadProgress, EvaluationMap> {
  if (nearest !== null) return { points: yield* umapOf(nearest), explained: null };
  const { points, explained } = principalPlane(templates, seededRandom(seed));
  return { points: Float32Array.from(points), explained: [...explained] };
}

/**
 * Uniform manifold approximation and projection (McInnes, Healy and Melville, arXiv:1802.03426). The neighbours are given, exact ones
 * by cosine similarity: the library's own search is approximate, slower at 20,000 templates, and says nothing for most of the time.
 */
function* umapOf({ rows, products }: NearestRows): Generator<ThreadProgress, Float32Array> {
  // The library counts a template as the first of its own neighbours.
  const umap = new UMAP({ nComponents: 2, nNeighbors: mapNeighbours + 1, minDist, random: seededRandom(seed) });
  umap.setPrecomputedKNN(listed(rows, (row, at) => (at < 0 ? row : rows[at]!)), listed(products, (_, at) => (at < 0 ? 0 : distanceOf(products[at]!))));
  // With neighbours at hand it asks only how many templates there are.
  const epochs = umap.initializeFit(Array.from({ length: rows.length / mapNeighbours }, () => []));
  for (let done = 0; done < epochs; done++) {
    umap.step();
    yield { done: done + 1, total: epochs, unit: 'epochs' };
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

/** A list a row of so many numbers, with one for the row itself (place -1) in front. */
function listed({ length }: ArrayLike<number>, valueAt: (row: number, place: number) => number): number[][] {
  const rowLength = mapNeighbours + 1;
  return Array.from({ length: length / mapNeighbours }, (_, row) => Array.from({ length: rowLength }, (__, near) => valueAt(row, near === 0 ? -1 : row * mapNeighbours + near - 1)));
}

/** Between two templates of unit length. */
const distanceOf = (product: number): number => Math.sqrt(Math.max(0, 2 - 2 * product));
