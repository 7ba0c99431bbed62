import type { Contingency } from './contingency.ts';
import { contingency, entropy, mutualInformation } from './contingency.ts';

/**
 * Adjusted mutual information of two labellings with the arithmetic mean:
 * (I - E[I]) / ((H(U) + H(V)) / 2 - E[I]), 1 for the same grouping and 0 on average for random ones of the same sizes;
 * it can be slightly negative (Vinh et al., JMLR 2010, AMI_sum). Two labellings that are each one group, or each all
 * singletons, agree: 1.
 *
 * @throws EvaluationError shape-mismatch or no-templates.
 */
export function adjustedMutualInformation(first: Int32Array, second: Int32Array): number {
  const table = contingency(first, second);
  const { items, rowSizes, columnSizes } = table;
  const groups = rowSizes.length;
  if (groups === columnSizes.length && (groups === 1 || groups === items)) return 1;
  const expected = expectedMutualInformation(table);
  const upper = (entropy(rowSizes, items) + entropy(columnSizes, items)) / 2;
  const span = upper - expected;
  // The span is above zero in exact arithmetic here; rounding must not turn it over (scikit-learn does the same).
  const safeSpan = span < 0 ? Math.min(span, -Number.EPSILON) : Math.max(span, Number.EPSILON);
  return (mutualInformation(table) - expected) / safeSpan;
}

/**
 * Expected mutual information in nats of two random labellings with these group sizes, exactly: the hypergeometric
 * model (Vinh et al., JMLR 2010, eq. 24a). Groups of equal sizes contribute alike, so each pair of sizes is summed once.
 */
export function expectedMutualInformation({ items, rowSizes, columnSizes }: Contingency): number {
  const logFactorial = logFactorials(items);
  const rows = multiplicities(rowSizes);
  const columns = multiplicities(columnSizes);
  let expected = 0;
  for (const [a, rowCount] of rows) {
    for (const [b, columnCount] of columns) {
      expected += rowCount * columnCount * expectedTerm([a, b], items, logFactorial);
    }
  }
  return expected;
}

/** The part of the expectation that one group of size a and one of size b contribute. */
function expectedTerm([a, b]: readonly [number, number], items: number, logFactorial: Float64Array): number {
  const fixed =
    logFactorial[a]! + logFactorial[b]! + logFactorial[items - a]! + logFactorial[items - b]! - logFactorial[items]!;
  let sum = 0;
  for (let shared = Math.max(1, a + b - items); shared <= Math.min(a, b); shared++) {
    const logProbability =
      fixed -
      logFactorial[shared]! -
      logFactorial[a - shared]! -
      logFactorial[b - shared]! -
      logFactorial[items - a - b + shared]!;
    sum += (shared / items) * Math.log((items * shared) / (a * b)) * Math.exp(logProbability);
  }
  return sum;
}

function multiplicities(sizes: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return counts;
}

/** ln(k!) for k = 0..n, by compensated summation (Kahan), so that the last is as good as the first. */
function logFactorials(n: number): Float64Array {
  const result = new Float64Array(n + 1);
  let sum = 0;
  let lost = 0;
  for (let k = 1; k <= n; k++) {
    const term = Math.log(k) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    result[k] = sum;
  }
  return result;
}
