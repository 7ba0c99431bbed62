import type { Random } from './random.ts';
import type { TemplateSet } from './template-set.ts';
import { EvaluationError } from './score-set.ts';
import { checkTemplates } from './template-set.ts';

export interface KMeansPlan {
  /** k, from 1 to the number of templates; for NMI the number of subjects. */
  readonly clusters: number;
  readonly maximumIterations: number;
  readonly random: Random;
}

export interface Clustering {
  readonly labels: Int32Array; // [templates], 0 .. clusters - 1
  readonly centers: Float64Array; // [clusters, dimension]
  /** Sum of squared Euclidean distances to the nearest center. */
  readonly inertia: number;
  readonly iterations: number;
  /** False when the iterations ran out while labels still changed. */
  readonly converged: boolean;
}

/**
 * k-means by Lloyd's algorithm from k-means++ seeds (Arthur and Vassilvitskii, SODA 2007), on the embeddings as they
 * are: normalise the rows first if directions alone should count. A cluster that loses all its members takes the
 * template farthest from its center; it stays empty when every template already sits on its center. Finds a local
 * optimum, the same for the same seed.
 *
 * @throws EvaluationError argument-out-of-range for a wrong plan; no-templates or shape-mismatch.
 */
export function kMeans(templates: TemplateSet, plan: KMeansPlan): Clustering {
  checkTemplates(templates);
  const count = templates.subjects.length;
  if (!(Number.isInteger(plan.clusters) && plan.clusters >= 1 && plan.clusters <= count)) {
    throw new EvaluationError('argument-out-of-range', `${count} templates do not make ${plan.clusters} clusters.`);
  }
  if (!(plan.maximumIterations >= 1)) {
    throw new EvaluationError('argument-out-of-range', `At least one iteration is needed, not ${plan.maximumIterations}.`);
  }
  const centers = seedCenters(templates, plan);
  const labels = new Int32Array(count).fill(-1);
  const distances = new Float64Array(count);
  let iterations = 0;
  let moved = true;
  while (moved && iterations < plan.maximumIterations) {
    iterations++;
    moved = assign(templates, centers, { labels, distances });
    if (moved) moveCenters(templates, centers, { labels, distances });
  }
  if (moved) assign(templates, centers, { labels, distances });
  const inertia = distances.reduce((sum, distance) => sum + distance, 0);
  return { labels, centers, inertia, iterations, converged: !moved };
}

interface Assignment {
  readonly labels: Int32Array;
  readonly distances: Float64Array; // squared, to the own center
}

/** Each further seed is a template drawn with probability proportional to its squared distance to the nearest seed. */
function seedCenters({ embeddings, dimension, subjects }: TemplateSet, { clusters, random }: KMeansPlan): Float64Array {
  const centers = new Float64Array(clusters * dimension);
  const nearest = new Float64Array(subjects.length).fill(Infinity);
  let chosen = Math.floor(random() * subjects.length);
  for (let cluster = 0; cluster < clusters; cluster++) {
    centers.set(embeddings.subarray(chosen * dimension, (chosen + 1) * dimension), cluster * dimension);
    const distance = squaredDistance(embeddings, centers, dimension);
    let total = 0;
    for (let row = 0; row < nearest.length; row++) {
      nearest[row] = Math.min(nearest[row]!, distance(row, cluster));
      total += nearest[row]!;
    }
    chosen = total > 0 ? drawn(nearest, random() * total) : Math.floor(random() * subjects.length);
  }
  return centers;
}

function drawn(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    sum += weights[row]!;
    last = row;
    if (sum > target) break;
  }
  return last; // rounding may leave the sum short of the target
}

/** Gives each template its nearest center, its own among equals; says whether any label changed. */
function assign({ embeddings, dimension }: TemplateSet, centers: Float64Array, { labels, distances }: Assignment): boolean {
  const distance = squaredDistance(embeddings, centers, dimension);
  const clusters = centers.length / dimension;
  let moved = false;
  for (let row = 0; row < labels.length; row++) {
    const own = labels[row]!;
    let best = Math.max(0, own); // -1 before the first round
    let least = distance(row, best);
    for (let cluster = 0; cluster < clusters; cluster++) {
      const candidate = distance(row, cluster);
      if (candidate < least) {
        least = candidate;
        best = cluster;
      }
    }
    if (best !== own) moved = true;
    labels[row] = best;
    distances[row] = least;
  }
  return moved;
}

/** Puts each center at the mean of its templates. */
function moveCenters(templates: TemplateSet, centers: Float64Array, assignment: Assignment): void {
  const { embeddings, dimension } = templates;
  const sizes = new Float64Array(centers.length / dimension);
  for (const label of assignment.labels) sizes[label]!++;
  sizes.forEach((size, cluster) => {
    if (size === 0) fillFromFarthest(cluster, sizes, assignment);
  });
  sizes.forEach((size, cluster) => {
    if (size > 0) centers.fill(0, cluster * dimension, (cluster + 1) * dimension);
  });
  assignment.labels.forEach((cluster, row) => {
    for (let k = 0; k < dimension; k++) centers[cluster * dimension + k]! += embeddings[row * dimension + k]!;
  });
  // Divided last: the float64 sum of equal float32 numbers is exact, so equal templates have a center at distance 0.
  sizes.forEach((size, cluster) => {
    for (let k = 0; size > 0 && k < dimension; k++) centers[cluster * dimension + k]! /= size;
  });
}

/** Moves the template farthest from its center, of clusters that keep another member, into an empty cluster. */
function fillFromFarthest(cluster: number, sizes: Float64Array, { labels, distances }: Assignment): void {
  let farthest = -1;
  for (let row = 0; row < labels.length; row++) {
    const beats = farthest < 0 ? distances[row]! > 0 : distances[row]! > distances[farthest]!;
    if (beats && sizes[labels[row]!]! > 1) farthest = row;
  }
  if (farthest < 0) return;
  sizes[labels[farthest]!]!--;
  sizes[cluster] = 1;
  labels[farthest] = cluster;
  distances[farthest] = 0;
}

function squaredDistance(embeddings: Float32Array, centers: Float64Array, dimension: number) {
  return (row: number, cluster: number): number => {
    let sum = 0;
    for (let k = 0; k < dimension; k++) {
      const difference = embeddings[row * dimension + k]! - centers[cluster * dimension + k]!;
      sum += difference * difference;
    }
    return sum;
  };
}
