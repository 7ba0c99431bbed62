import type { LossOf } from '../../contract/recipe/losses.ts';
import { POSITIVE } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import type { TupleRows } from '../loss-tuples.ts';
import { ntXent } from './nt-xent.ts';

/**
 * Multi-class N-pair loss (Sohn, NIPS 2016, eq. 7; survey eq. 9 with its exp restored): the first two rows of each
 * class are anchor a_i and positive p_i, and the loss is 1/N Σ_i log(1 + Σ_{j≠i} e^{a_i·p_j − a_i·p_i}).
 * Tuple form (eq. 6, survey eq. 8): row 0 is the anchor, the next row of its class the positive, every row of another
 * class a negative. Rows beyond take no part; remembered rows of other classes are further negatives.
 * Plus normPenalty × ¼ (mean ‖a‖² + mean ‖p‖²), as the paper leaves embeddings unnormalised.
 *
 * @param table inner products S of the rows that `nPairRows` chose, by label.
 */
export function nPair(table: PairTable, { normPenalty }: LossOf<'n-pair'>): PairOutcome {
  const outcome = ntXent(table, { temperature: 1 });
  if (normPenalty === 0 || table.rows === 0) return outcome;
  const weight = normPenalty / (4 * table.rows);
  const perSquaredNorm = { rows: new Float32Array(table.rows).fill(weight), columns: new Float32Array(table.columns) };
  table.role.forEach((role, cell) => { if (role === POSITIVE) perSquaredNorm.columns[cell % table.columns] = weight; });
  const sum = (norms: Float32Array, slopes: Float32Array) => norms.reduce((total, norm, index) => total + norm * slopes[index]!, 0);
  const penalty = sum(table.rowSquaredNorm ?? table.squaredNorm, perSquaredNorm.rows) + sum(table.squaredNorm, perSquaredNorm.columns);
  return { ...outcome, value: outcome.value + penalty, perSquaredNorm };
}

/** The first two rows of every class that has two, as anchors and others; in the tuple form row 0 with all it is compared with. */
export function nPairRows(labels: Int32Array, { form }: LossOf<'n-pair'>): TupleRows {
  const first = new Map<number, number>();
  const second = new Map<number, number>();
  labels.forEach((label, row) => {
    if (!first.has(label)) first.set(label, row);
    else if (!second.has(label)) second.set(label, row);
  });
  const classes = [...first.keys()].filter((label) => second.has(label) && (form === 'batch' || label === labels[0]));
  const others = classes.map((label) => second.get(label)!);
  if (form === 'tuple' && classes.length > 0) labels.forEach((label, row) => { if (label !== labels[0]) others.push(row); });
  return { anchors: Int32Array.from(classes, (label) => first.get(label)!), others: Int32Array.from(others) };
}
