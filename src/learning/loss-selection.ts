import { forEachAnchor, NEGATIVE, POSITIVE } from './loss-pairs.ts';
import type { Distance } from './distances/distance.ts';
import type { PairTable } from './loss-pairs.ts';

/**
 * What a miner hands to a loss.
 * - `pairs`: the mined pairs, as roles [rows, columns].
 * - `band`: every triplet with above < D(a, n) − D(a, p) <= upTo. The band is kept as two numbers, because a list of
 *   all triplets of a batch would be cubic.
 * - `triplets`: a list, [count] each.
 */
export type Selection =
  | { readonly kind: 'pairs'; readonly role: Uint8Array }
  | { readonly kind: 'band'; readonly above: number; readonly upTo: number }
  | { readonly kind: 'triplets'; readonly anchors: Int32Array; readonly positives: Int32Array; readonly negatives: Int32Array };

export const everyTriplet: Selection = { kind: 'band', above: -Infinity, upTo: Infinity };

/** The distances of a table, [rows, columns], in the measure that miner and loss share. */
export interface MeasuredTable extends PairTable {
  readonly distance: Float64Array;
}

/** The table with its distances. */
export function measured(table: PairTable, { from }: Distance): MeasuredTable {
  const { rows, columns, similarity, squaredNorm } = table;
  const distance = new Float64Array(rows * columns);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      distance[cell] = from(similarity[cell]!, squaredNorm[row]! + squaredNorm[column]!);
    }
  }
  return { ...table, distance };
}

/** Roles of the pairs that occur in the selected triplets: a pair is in or out, however many triplets hold it. */
export function rolesOf(selection: Selection, table: MeasuredTable): Uint8Array {
  if (selection.kind === 'pairs') return selection.role;
  if (selection.kind === 'band') return rolesInBand(selection, table);
  const role = new Uint8Array(table.role.length);
  selection.anchors.forEach((anchor, item) => {
    role[anchor * table.columns + selection.positives[item]!] = POSITIVE;
    role[anchor * table.columns + selection.negatives[item]!] = NEGATIVE;
  });
  return role;
}

function rolesInBand({ above, upTo }: { above: number; upTo: number }, table: MeasuredTable): Uint8Array {
  if (above === -Infinity && upTo === Infinity) return table.role;
  const { rows, columns, role, distance } = table;
  const kept = new Uint8Array(role.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let positive = start; positive < start + columns; positive++) {
      if (role[positive] !== POSITIVE) continue;
      for (let negative = start; negative < start + columns; negative++) {
        if (role[negative] !== NEGATIVE) continue;
        const gap = distance[negative]! - distance[positive]!;
        if (gap <= above || gap > upTo) continue;
        kept[positive] = POSITIVE;
        kept[negative] = NEGATIVE;
      }
    }
  }
  return kept;
}

/** Visits the selected triplets one by one: rows by index, never a list of all of them. */
export function forEachTriplet(
  table: MeasuredTable, selection: Selection, visit: (anchor: number, positive: number, negative: number) => void,
): void {
  if (selection.kind === 'triplets') {
    const { anchors, positives, negatives } = selection;
    anchors.forEach((anchor, item) => { visit(anchor, positives[item]!, negatives[item]!); });
    return;
  }
  const { above, upTo, role } = inBand(selection, table);
  forEachAnchor({ ...table, role }, ({ row, start, positives, negatives }) => {
    for (const positive of positives) {
      const near = table.distance[start + positive]!;
      for (const negative of negatives) {
        const gap = table.distance[start + negative]! - near;
        if (gap > above && gap <= upTo) visit(row, positive, negative);
      }
    }
  });
}

/** Pairs select every triplet they make. */
export function inBand(selection: Exclude<Selection, { kind: 'triplets' }>, table: PairTable) {
  if (selection.kind === 'pairs') return { above: -Infinity, upTo: Infinity, role: selection.role };
  return { ...selection, role: table.role };
}
