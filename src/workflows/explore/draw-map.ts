import { UMAP } from 'umap-js';
import type { Projection } from '../../contract/requests/explore.ts';
import { nearestRows } from '../../evaluation/nearest-rows.ts';
import { principalPlane } from '../../evaluation/principal-components.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import { unitRows } from '../../evaluation/unit-rows.ts';
import type { EvaluationMap } from '../../store/evaluation-maps.ts';
import type { ThreadProgress } from '../thread-tasks.ts';

export interface MapOrder {
  templates: TemplateSet;
  projection: Projection;
}

/** The same templates give the same map. */
const seed = 1;
const neighbours = 15;
const minDist = 0.1;

/** Lays the templates flat, two numbers each. Progress of UMAP in pairs compared, then in its epochs. */
export function* drawMap({ templates, projection }: MapOrder): Generator<ThreadProgress, EvaluationMap> {
  if (projection === 'umap') return { points: yield* umapOf(templates), explained: null };
  const { points, explained } = principalPlane(templates, seededRandom(seed));
  return { points: Float32Array.from(points), explained: [...explained] };
}

/**
 * Uniform manifold approximation and projection (McInnes, Healy and Melville, arXiv:1802.03426) of the templates at unit length, so
 * that Euclidean neighbours are neighbours by cosine similarity. The neighbours are found here, exactly: the library's own search is
 * approximate, slower at 20,000 templates, and says nothing for most of the time.
 */
function* umapOf(templates: TemplateSet): Generator<ThreadProgress, Float32Array> {
  const { dimension, subjects } = templates;
  if (subjects.length <= neighbours) {
    throw new EvaluationError('too-few-scores', `UMAP looks at ${neighbours} neighbours of each sample; there are only ${subjects.length} samples. Look at the principal components.`);
  }
  const umap = new UMAP({ nComponents: 2, nNeighbors: neighbours, minDist, random: seededRandom(seed) });
  // The library counts a sample as the first of its own neighbours.
  const { rows, products } = yield* comparing(nearestRows({ numbers: unitRows(templates), dimension }, neighbours - 1));
  umap.setPrecomputedKNN(listed(rows, (row, at) => (at < 0 ? row : rows[at]!)), listed(products, (_, at) => (at < 0 ? 0 : distanceOf(products[at]!))));
  // With neighbours at hand it asks only how many templates there are.
  const epochs = umap.initializeFit(Array.from(subjects, () => []));
  for (let done = 0; done < epochs; done++) {
    umap.step();
    yield { done: done + 1, total: epochs, unit: 'epochs' };
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

function* comparing<Result>(steps: Generator<Progress, Result>): Generator<ThreadProgress, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield { ...step.value, unit: 'pairs' };
  }
}

/** A list a row of so many numbers, with one for the row itself (place -1) in front. */
function listed({ length }: ArrayLike<number>, valueAt: (row: number, place: number) => number): number[][] {
  const others = neighbours - 1;
  return Array.from({ length: length / others }, (_, row) => Array.from({ length: neighbours }, (__, near) => valueAt(row, near === 0 ? -1 : row * others + near - 1)));
}

/** Between two rows of unit length. */
const distanceOf = (product: number): number => Math.sqrt(Math.max(0, 2 - 2 * product));
