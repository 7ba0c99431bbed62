import { everyPair } from '../score-pairs.ts';
import type { ComparedPairs } from './comparisons.ts';

/** Comparisons with the rows they compare. */
export interface RowPairs {
  first: Uint32Array;
  second: Uint32Array;
  scores: Float64Array;
  subjects: Int32Array;
}

/** All comparisons, or those that were drawn evenly. */
export function evenly(compared: ComparedPairs): RowPairs {
  if (compared.kind === 'all') return { ...everyPair(compared.allPairs.subjects.length), ...compared.allPairs };
  const { kept: { first, second, scores, mated, drawn }, subjects } = compared;
  const end = mated + drawn;
  return { first: first.subarray(0, end), second: second.subarray(0, end), scores: scores.subarray(0, end), subjects };
}
