/** What a sampler knows of the training set. */
export interface SamplerInput {
  labels: ArrayLike<number>;
  /** Columns of the dataset by sample, for the hierarchical sampler. */
  metadata: readonly Readonly<Record<string, string>>[];
  seed: number;
}

/** An endless sequence of batches. A batch depends on its number and the seed only, so any can be made at any time. */
export interface BatchSampler {
  /** Rows in every batch. */
  batchSize: number;
  /** Batches that see about as many samples as there are. */
  batchesPerEpoch: number;
  /** Row numbers of the batch with this number, counted from 0 over all epochs. */
  batch(number: number): Int32Array;
}
