import type { NearestRows } from './nearest-rows.ts';

/** How much rows belong together: an edge there and one back for each two of which one is a neighbour of the other. */
export interface NeighbourGraph {
  readonly rows: number;
  readonly from: Uint32Array; // [edges]
  readonly to: Uint32Array; // [edges]
  readonly weights: Float64Array; // [edges], in (0, 1]
}

const ROUNDS = 64; // of halving an interval
const TOLERANCE = 1e-5;
/** No distance counts as near beyond a thousandth of the mean one. */
const LEAST_SCALE = 1e-3;

/**
 * The fuzzy union of every row's view of its neighbours: w_ij + w_ji - w_ij w_ji (McInnes, Healy and Melville, "UMAP",
 * arXiv:1802.03426, algorithms 2 and 3).
 *
 * @param nearest rows of unit length; their distance is Euclidean, sqrt(2 - 2 cos).
 */
export function neighbourGraph({ rows: others, products }: NearestRows, count: number): NeighbourGraph {
  const rows = others.length / count;
  const distances = Float64Array.from(products, (product) => Math.sqrt(Math.max(0, 2 - 2 * product)));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const seen = new Float64Array(distances.length);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [row * count, (row + 1) * count];
    seen.set(membership(distances.subarray(start, end), mean), start);
  }
  const back = (row: number, other: number): number => {
    const place = others.subarray(other * count, (other + 1) * count).indexOf(row);
    return place < 0 ? 0 : seen[other * count + place]!;
  };
  const edges: { readonly from: number[]; readonly to: number[]; readonly weights: number[] } = { from: [], to: [], weights: [] };
  for (let at = 0; at < others.length; at++) {
    const [row, other] = [Math.floor(at / count), others[at]!];
    const returned = back(row, other);
    // Where each is the other's neighbour, the pair is met twice.
    if (returned > 0 && other < row) continue;
    const weight = seen[at]! + returned - seen[at]! * returned;
    edges.from.push(row, other);
    edges.to.push(other, row);
    edges.weights.push(weight, weight);
  }
  return { rows, from: Uint32Array.from(edges.from), to: Uint32Array.from(edges.to), weights: Float64Array.from(edges.weights) };
}

/** How near each neighbour is, from 1 for the nearest, on a scale on which all together come to log2 of their number with the row itself. */
function membership(distances: Float64Array, meanOfAll: number): Float64Array {
  const nearest = distances.find((distance) => distance > 0) ?? 0;
  const target = Math.log2(distances.length + 1);
  const strength = (distance: number, scale: number): number => (distance <= nearest ? 1 : Math.exp((nearest - distance) / scale));
  let [low, high, scale] = [0, Infinity, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const sum = distances.reduce((total, distance) => total + strength(distance, scale), 0);
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = scale;
    else low = scale;
    scale = high === Infinity ? 2 * scale : (low + high) / 2;
  }
  const mean = nearest > 0 ? distances.reduce((sum, distance) => sum + distance, 0) / distances.length : meanOfAll;
  return distances.map((distance) => strength(distance, Math.max(scale, LEAST_SCALE * mean)));
}
