/**
 * Mean cosine of all pairs of rows, without the pairs of a row with itself: (‖Σ f_i‖² − n) / (n (n − 1)) of the n unit rows. Rows
 * of length zero take no part; null with fewer than two others. 1 says that an embedding has collapsed.
 *
 * @param embeddings raw, row-major, [rows, width].
 */
export function meanCosine(embeddings: Float32Array, width: number): number | null {
  const sum = new Float64Array(width); // Σ f_i
  let rows = 0;
  for (let start = 0; start < embeddings.length; start += width) {
    let square = 0;
    for (let at = start; at < start + width; at++) square += embeddings[at]! * embeddings[at]!;
    if (!(square > 0 && square < Infinity)) continue;
    const inverse = 1 / Math.sqrt(square);
    for (let column = 0; column < width; column++) sum[column]! += inverse * embeddings[start + column]!;
    rows++;
  }
  if (rows < 2) return null;
  const squaredSum = sum.reduce((total, value) => total + value * value, 0);
  return (squaredSum - rows) / (rows * (rows - 1));
}
