import type { LossOf } from '../../contract/recipe/losses.ts';
import { NEGATIVE, POSITIVE } from '../loss-pairs.ts';
import type { PairOutcome, PairTable } from '../loss-pairs.ts';
import { ntXent } from './nt-xent.ts';

/**
 * Multi-class N-pair loss (Sohn, NIPS 2016, eq. 7; survey eq. 9 with its exp restored): the first two rows of each
 * class are anchor a_i and positive p_i, and the loss is 1/N Σ_i log(1 + Σ_{j≠i} e^{a_i·p_j − a_i·p_i}).
 * Tuple form (eq. 6, survey eq. 8): row 0 is the anchor, the next row of its class the positive, every row of another
 * class a negative. Rows beyond take no part; remembered rows of other classes are further negatives.
 * Plus normPenalty × ¼ (mean ‖a‖² + mean ‖p‖²), as the paper leaves embeddings unnormalised.
 *
 * @param table inner products S and roles by label.
 */
export function nPair(table: PairTable, { form, normPenalty }: LossOf<'n-pair'>): PairOutcome {
  const pairs = firstPairs(table).slice(0, form === 'tuple' ? 1 : Infinity)
    .filter(({ anchor }) => form === 'batch' || anchor === 0);
  const role = new Uint8Array(table.role.length);
  for (const { anchor, positive } of pairs) {
    const start = anchor * table.columns;
    const copyNegatives = (column: number) => {
      if (table.role[start + column] === NEGATIVE) role[start + column] = NEGATIVE;
    };
    if (form === 'batch') pairs.forEach((other) => { copyNegatives(other.positive); });
    for (let column = form === 'batch' ? table.rows : 0; column < table.columns; column++) copyNegatives(column);
    role[start + positive] = POSITIVE;
  }
  const outcome = ntXent({ ...table, role }, { temperature: 1 });
  for (const row of pairs.flatMap(({ anchor, positive }) => [anchor, positive])) {
    const weight = normPenalty / (4 * pairs.length);
    const own = row * table.columns + row; // S_ii = ‖x_i‖²
    outcome.value += weight * table.similarity[own]!;
    outcome.gradient[own]! += weight;
  }
  return outcome;
}

/** The first two rows of every class that has two. */
function firstPairs({ rows, columns, role }: PairTable): { anchor: number; positive: number }[] {
  const isSeen = new Uint8Array(rows);
  const pairs: { anchor: number; positive: number }[] = [];
  for (let anchor = 0; anchor < rows; anchor++) {
    if (isSeen[anchor]) continue;
    let positive = -1;
    for (let row = anchor + 1; row < rows; row++) {
      if (role[anchor * columns + row] !== POSITIVE) continue;
      isSeen[row] = 1;
      if (positive < 0) positive = row;
    }
    if (positive >= 0) pairs.push({ anchor, positive });
  }
  return pairs;
}
