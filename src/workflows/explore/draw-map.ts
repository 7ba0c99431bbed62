import type { NearestRows } from '../../evaluation/nearest-rows.ts';
import { neighbourGraph } from '../../evaluation/neighbour-graph.ts';
import { layFlat } from '../../evaluation/neighbour-layout.ts';
import { principalPlane } from '../../evaluation/principal-components.ts';
import { seededRandom } from '../../evaluation/random.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { EvaluationMap } from '../../store/evaluation-maps.ts';
import type { ThreadProgress } from '../thread-tasks.ts';

export interface MapOrder {
  templates: TemplateSet;
  /** For UMAP: those that the map keeps together. Without them the map is the principal plane. */
  nearest: NearestRows | null;
}

/** The same templates give the same map. */
const seed = 1;
/** That UMAP keeps together with each template. */
export const mapNeighbours = 14;

/** Lays the templates flat, two numbers each: on their principal plane, or by UMAP, which begins there. */
export function* drawMap({ templates, nearest }: MapOrder): Generator<ThreadProgress, EvaluationMap> {
  const { points, explained } = principalPlane(templates, seededRandom(seed));
  if (nearest === null) return { points: Float32Array.from(points), explained: [...explained] };
  return { points: yield* layFlat(neighbourGraph(nearest, mapNeighbours), points, seededRandom(seed)), explained: null };
}
