/**
 * log Σ e^{z_k} over the first `count` exponents, or log(1 + Σ e^{z_k}) with `withOne` (LSE₀), without overflow.
 * Nothing to sum gives −Infinity, or 0 with one.
 */
export function logSumExp(exponents: Float64Array, count: number, withOne = false): number {
  let largest = withOne ? 0 : -Infinity;
  for (let k = 0; k < count; k++) largest = Math.max(largest, exponents[k]!);
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(exponents[k]! - largest);
  if (!withOne) return largest + Math.log(sum);
  return largest + Math.log1p(sum + Math.expm1(-largest));
}

/** log(1 + e^z) without overflow. */
export const softplus = (z: number): number => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));

/** 1 / (1 + e^{−z}), the derivative of softplus. */
export const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
