/**
 * log Σ e^{z_k} over the first `count` exponents, or log(1 + Σ e^{z_k}) with `withOne` (LSE₀), without overflow.
 * Nothing to sum gives −Infinity, or 0 with one.
 */
export function logSumExp(exponents: Float64Array, count: number, withOne = false): number {
  let largest = withOne ? 0 : -Infinity;
  for (let k = 0; k < count; k++) if (exponents[k]! > largest) largest = exponents[k]!;
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(exponents[k]! - largest);
  if (!withOne) return largest + Math.log(sum);
  return largest + Math.log1p(sum + Math.expm1(-largest));
}

/**
 * The same sum, with each exponent turned into its share e^{z_k − LSE} on the way: the gradient of the sum, for no
 * second round of exponentials.
 */
export function toShares(exponents: Float64Array, count: number, withOne = false): number {
  let largest = withOne ? 0 : -Infinity;
  for (let k = 0; k < count; k++) if (exponents[k]! > largest) largest = exponents[k]!;
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const term = Math.exp(exponents[k]! - largest);
    exponents[k] = term;
    sum += term;
  }
  const scale = 1 / (withOne ? sum + Math.exp(-largest) : sum);
  for (let k = 0; k < count; k++) exponents[k]! *= scale;
  return largest + (withOne ? Math.log1p(sum + Math.expm1(-largest)) : Math.log(sum));
}

/** log(1 + e^z) without overflow. */
export const softplus = (z: number): number => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));

/** 1 / (1 + e^{−z}), the derivative of softplus. */
export const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
