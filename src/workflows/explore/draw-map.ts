import { UMAP } from 'umap-js';
import type { Projection } from '../../contract/requests/explore.ts';
import { principalPlane } from '../../evaluation/principal-components.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
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

/** Lays the templates flat, two numbers each. Progress of UMAP in its epochs. */
export function* drawMap({ templates, projection }: MapOrder): Generator<ThreadProgress, EvaluationMap> {
  if (projection === 'umap') return { points: yield* umapOf(templates), explained: null };
  const { points, explained } = principalPlane(templates, seededRandom(seed));
  return { points: Float32Array.from(points), explained: [...explained] };
}

/**
 * Uniform manifold approximation and projection (McInnes, Healy and Melville, arXiv:1802.03426) of the templates at unit length, so
 * that Euclidean neighbours are neighbours by cosine similarity.
 */
function* umapOf(templates: TemplateSet): Generator<ThreadProgress, Float32Array> {
  const { dimension, subjects } = templates;
  if (subjects.length <= neighbours) {
    throw new EvaluationError('too-few-scores', `UMAP looks at ${neighbours} neighbours of each sample; there are only ${subjects.length} samples. Look at the principal components.`);
  }
  const vectors = unitRows(templates);
  const rows = Array.from(subjects, (_, row) => Array.from(vectors.subarray(row * dimension, (row + 1) * dimension)));
  const umap = new UMAP({ nComponents: 2, nNeighbors: neighbours, minDist, random: seededRandom(seed) });
  const epochs = umap.initializeFit(rows);
  for (let done = 0; done < epochs; done++) {
    umap.step();
    yield { done: done + 1, total: epochs, unit: 'epochs' };
  }
  return Float32Array.from(umap.getEmbedding().flat());
}
