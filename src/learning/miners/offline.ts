import * as tf from '@tensorflow/tfjs-core';
import type { OfflineMiningRecipe } from '../../contract/recipe/miners.ts';
import type { Distance } from '../distances/distance.ts';
import { shortestRow } from '../distances/unit-rows.ts';
import { LossError } from '../loss-error.ts';

/** A whole training set as the network sees it now. */
export interface EmbeddedSet {
  /** Raw, row-major, [rows, width]. */
  readonly embeddings: Float32Array;
  readonly width: number;
  /** [rows] */
  readonly labels: Int32Array;
}

/** Row numbers of the training set, [count] each. */
export interface Triplets {
  readonly anchors: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

export interface OfflineOptions {
  readonly recipe: Pick<OfflineMiningRecipe, 'triplets' | 'margin' | 'positives'>;
  /** The distance of the loss that will be given the triplets. */
  readonly distance: Distance;
  /** Whether that loss compares unit rows. */
  readonly isUnit: boolean;
  /** Similarities held at a time. */
  readonly tileCells?: number;
}

/** A search that is done a tile at a time, so that whoever runs it can answer and stop between tiles. */
export interface OfflineSearch {
  readonly tiles: number;
  look(tile: number): void;
  /** What the tiles looked at hold. */
  found(): Triplets;
}

const TILE_CELLS = 2 ** 21;

/**
 * Exhaustive mining over a set, without a table of all pairs. For every anchor and each of its farthest positives: the nearest
 * of all negatives within the band, by m = D(a, n) − D(a, p); hard m <= 0, semi-hard 0 < m <= margin (Schroff et al., CVPR 2015,
 * section 3.2). An anchor of a one-image class has no positive and gives none, but is looked at as everybody's negative.
 * Equal distances keep the order of the rows.
 *
 * @throws LossError not-finite, naming the row.
 */
export function createOfflineSearch(set: EmbeddedSet, options: OfflineOptions): OfflineSearch {
  const rows = set.labels.length;
  const compared = comparedRows(set, options.isUnit);
  const rowsPerTile = Math.max(1, Math.floor((options.tileCells ?? TILE_CELLS) / Math.max(1, rows)));
  const found = { anchors: [] as number[], positives: [] as number[], negatives: [] as number[] };
  const look = (tile: number): void => {
    const from = tile * rowsPerTile;
    const to = Math.min(rows, from + rowsPerTile);
    const similarity = similarities(compared.rows, { from, to, width: set.width });
    const distance = new Float64Array(rows);
    for (let anchor = from; anchor < to; anchor++) {
      const start = (anchor - from) * rows;
      for (let row = 0; row < rows; row++) {
        distance[row] = options.distance.from(similarity[start + row]!, compared.squaredNorm[anchor]! + compared.squaredNorm[row]!);
      }
      mineAnchor({ anchor, distance, labels: set.labels }, options.recipe, (positive, negative) => {
        found.anchors.push(anchor);
        found.positives.push(positive);
        found.negatives.push(negative);
      });
    }
  };
  return {
    tiles: Math.ceil(rows / rowsPerTile),
    look,
    found: () => ({ anchors: Int32Array.from(found.anchors), positives: Int32Array.from(found.positives), negatives: Int32Array.from(found.negatives) }),
  };
}

/** The rows as the loss compares them, and their squared norms; on the sphere a zero vector stays zero. */
function comparedRows({ embeddings, width, labels }: EmbeddedSet, isUnit: boolean): { rows: Float32Array; squaredNorm: Float64Array } {
  const rows = embeddings.slice();
  const squaredNorm = new Float64Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const own = rows.subarray(row * width, (row + 1) * width);
    const squared = own.reduce((sum, value) => sum + value * value, 0);
    const norm = Math.sqrt(squared);
    if (!Number.isFinite(norm)) throw new LossError('not-finite', `Row ${row} of the training set has an embedding that is NaN or infinite.`, row);
    const hasDirection = norm >= shortestRow;
    squaredNorm[row] = isUnit ? Number(hasDirection) : squared;
    if (isUnit) own.forEach((value, column) => { own[column] = hasDirection ? value / norm : 0; });
  }
  return { rows, squaredNorm };
}

/** S of the rows from…to with every row, [to - from, rows]. */
function similarities(all: Float32Array, { from, to, width }: { from: number; to: number; width: number }): Float32Array {
  // The numbers leave by a side door: tidy would look for tensors among them, one by one.
  let products = new Float32Array();
  tf.tidy(() => {
    const everyRow = tf.tensor2d(all, [all.length / width, width]);
    const tile = tf.slice2d(everyRow, [from, 0], [to - from, width]);
    products = tf.matMul(tile, everyRow, false, true).dataSync<'float32'>() as Float32Array<ArrayBuffer>;
  });
  return products;
}

interface AnchorRow {
  anchor: number;
  /** D(anchor, row), [rows]. */
  distance: Float64Array;
  labels: Int32Array;
}

function mineAnchor(row: AnchorRow, recipe: OfflineOptions['recipe'], keep: (positive: number, negative: number) => void): void {
  const { distance } = row;
  for (const positive of farthestPositives(row, recipe.positives)) {
    const negative = nearestNegative(row, bandOf(recipe, distance[positive]!));
    if (negative >= 0) keep(positive, negative);
  }
}

interface Band {
  above: number;
  upTo: number;
}

/** Between which distances a negative must lie. */
function bandOf({ triplets, margin }: OfflineOptions['recipe'], positiveDistance: number): Band {
  return {
    above: triplets === 'semi-hard' ? positiveDistance : -Infinity,
    upTo: triplets === 'hard' ? positiveDistance : positiveDistance + margin,
  };
}

function farthestPositives({ anchor, distance, labels }: AnchorRow, count: number): number[] {
  const farthest: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    if (row === anchor || labels[row] !== labels[anchor]) continue;
    let place = farthest.length;
    while (place > 0 && distance[row]! > distance[farthest[place - 1]!]!) place--;
    if (place === count) continue;
    farthest.splice(place, 0, row);
    if (farthest.length > count) farthest.pop();
  }
  return farthest;
}

/** −1 when there is none in the band. */
function nearestNegative({ anchor, distance, labels }: AnchorRow, { above, upTo }: Band): number {
  let nearest = -1;
  let least = Infinity;
  for (let row = 0; row < labels.length; row++) {
    const far = distance[row]!;
    if (far >= least || far <= above || far > upTo || labels[row] === labels[anchor]) continue;
    least = far;
    nearest = row;
  }
  return nearest;
}
