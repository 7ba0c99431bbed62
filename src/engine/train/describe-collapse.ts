/** Mean cosine of different people above which an embedding tells nobody apart. */
export const COLLAPSED_SIMILARITY = 0.98;

export const NO_DIRECTION =
  'Some embeddings have no direction (length zero, or not a number): the network has collapsed. Lower the learning rate, or clip the gradients.';

/** An alarm in words when the embeddings of different subjects nearly coincide; else null. */
export function describeCollapse(nonMatedSimilarities: ArrayLike<number>): string | null {
  if (nonMatedSimilarities.length === 0) return null;
  let sum = 0;
  for (let index = 0; index < nonMatedSimilarities.length; index++) sum += nonMatedSimilarities[index]!;
  const mean = sum / nonMatedSimilarities.length;
  if (mean < COLLAPSED_SIMILARITY) return null;
  return collapseSentence('The embeddings of different people nearly coincide', mean);
}

export function collapseSentence(what: string, meanCosine: number): string {
  return `${what} (mean cosine ${meanCosine.toFixed(3)}): the network is collapsing. Lower the learning rate, or choose a loss or miner that keeps easier negatives.`;
}

/** Whether every row has a finite length above zero, so that a cosine exists. */
export function hasDirections({ embeddings, dimension }: { embeddings: Float32Array; dimension: number }): boolean {
  for (let start = 0; start < embeddings.length; start += dimension) {
    let square = 0;
    for (let column = start; column < start + dimension; column++) square += embeddings[column]! ** 2;
    if (!(square > 0 && square < Infinity)) return false;
  }
  return true;
}
