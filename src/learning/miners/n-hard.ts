import { forEachAnchor } from '../loss-pairs.ts';
import type { MeasuredTable, Selection } from '../loss-selection.ts';

/**
 * For every anchor its from-th to to-th farthest positives with its from-th to to-th nearest negatives, ranks from 1
 * (1 to 1 is batch-hard, Hermans et al. 2017; a later start passes over mislabelled rows). An anchor with fewer than
 * `from` on a side gives its last one. Equal distances keep the order of the columns.
 */
export function mineNHard(table: MeasuredTable, { from, to }: { from: number; to: number }): Selection {
  const anchors: number[] = [];
  const positives: number[] = [];
  const negatives: number[] = [];
  forEachAnchor(table, (anchor) => {
    if (anchor.positives.length === 0 || anchor.negatives.length === 0) return;
    const distance = (column: number) => table.distance[anchor.start + column]!;
    const farthest = ranked(anchor.positives, (column) => -distance(column), { from, to });
    const nearest = ranked(anchor.negatives, distance, { from, to });
    for (const positive of farthest) {
      for (const negative of nearest) {
        anchors.push(anchor.row);
        positives.push(positive);
        negatives.push(negative);
      }
    }
  });
  return {
    kind: 'triplets',
    anchors: Int32Array.from(anchors), positives: Int32Array.from(positives), negatives: Int32Array.from(negatives),
  };
}

/** The columns of rank from…to by ascending key. */
function ranked(columns: Int32Array, key: (column: number) => number, { from, to }: { from: number; to: number }): Int32Array {
  if (to === 1) return columns.subarray(leastIndex(columns, key)).slice(0, 1);
  const sorted = columns.slice().sort((a, b) => key(a) - key(b) || a - b);
  return sorted.subarray(Math.min(from - 1, sorted.length - 1), to);
}

function leastIndex(columns: Int32Array, key: (column: number) => number): number {
  let best = 0;
  for (let index = 1; index < columns.length; index++) {
    if (key(columns[index]!) < key(columns[best]!)) best = index;
  }
  return best;
}
