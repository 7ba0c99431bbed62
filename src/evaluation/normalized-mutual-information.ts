import { contingency, entropy, mutualInformation } from './contingency.ts';

/**
 * Normalised mutual information of two labellings, such as subjects and clusters, with the arithmetic mean:
 * 2 I(U; V) / (H(U) + H(V)), in [0, 1] (Vinh et al., JMLR 2010, NMI_sum). Two labellings of one group each agree: 1.
 * It is not corrected for chance, and grows with the number of clusters; see `adjustedMutualInformation`.
 *
 * @throws EvaluationError shape-mismatch or no-templates.
 */
export function normalizedMutualInformation(first: Int32Array, second: Int32Array): number {
  const table = contingency(first, second);
  const entropies = entropy(table.rowSizes, table.items) + entropy(table.columnSizes, table.items);
  if (table.rowSizes.length === 1 && table.columnSizes.length === 1) return 1;
  return Math.min(1, (2 * mutualInformation(table)) / entropies);
}
