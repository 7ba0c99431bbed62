/**
 * A distance as a function of the inner product s of two rows and the sum n of their squared norms
 * (n = 2 on the unit sphere). Miner and loss are given the same one.
 */
export interface Distance {
  readonly name: 'squared-euclidean' | 'euclidean' | 'cosine';
  readonly from: (similarity: number, squaredNorms: number) => number;
  /** d distance / d similarity, from the distance. */
  readonly slope: (distance: number) => number;
}

/**
 * Squared distances below this are rounding (float32 carries 2 − 2s to about 1e-7): the rows coincide and their
 * direction is noise, so √ takes the subgradient 0 there.
 */
export const coincident = 1e-6;

export const squaredEuclidean: Distance = {
  name: 'squared-euclidean',
  from: (similarity, squaredNorms) => Math.max(0, squaredNorms - 2 * similarity),
  slope: () => -2,
};

export const euclidean: Distance = {
  name: 'euclidean',
  from: (similarity, squaredNorms) => Math.sqrt(Math.max(0, squaredNorms - 2 * similarity)),
  slope: (distance) => (distance * distance < coincident ? 0 : -1 / distance),
};

export const cosine: Distance = {
  name: 'cosine',
  from: (similarity) => 1 - similarity,
  slope: () => -1,
};

export const distances = { 'squared-euclidean': squaredEuclidean, euclidean, cosine } as const;
