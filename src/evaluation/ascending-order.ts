import type { Scores } from './score-set.ts';

const DIGIT_BITS = 11;
const DIGIT_VALUES = 1 << DIGIT_BITS;
const DIGIT_MASK = DIGIT_VALUES - 1;
const DIGITS = 6; // a float64 is two words of 32 bits, each of three digits

/**
 * The indices of scores in ascending order, equal scores in their original order. The scores must hold no NaN.
 *
 * A radix sort over the bits of float64: O(n), where a comparator would take many times as long. Keys move along with
 * the indices, so that memory is read in order; digits that all scores share (float32 scores have some) cost nothing.
 * -0 comes before 0, which are equal, so ties stay together.
 */
export function ascendingOrder(scores: Scores): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  return radixSorted({ ...sortableWords(scores), items: order }).items;
}

interface Words {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

interface Columns extends Words {
  readonly items: Uint32Array;
}

const SIGN = 0x80000000;
const lowWordFirst = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Float64 bits as two words, changed so that their unsigned order is the order of the numbers. */
function sortableWords(scores: Scores): Words {
  const numbers = new Float64Array(scores); // a copy, as float64
  const bits = new Uint32Array(numbers.buffer);
  const words = { low: new Uint32Array(numbers.length), high: new Uint32Array(numbers.length) };
  const lowAt = lowWordFirst ? 0 : 1;
  for (let index = 0; index < numbers.length; index++) {
    const low = bits[2 * index + lowAt]!;
    const high = bits[2 * index + 1 - lowAt]!;
    // Negative numbers grow downwards: all bits turn over. Positive ones go above them: the sign bit turns over.
    const isNegative = high >= SIGN;
    words.low[index] = isNegative ? ~low : low;
    words.high[index] = isNegative ? ~high : high ^ SIGN;
  }
  return words;
}

function radixSorted(columns: Columns): Columns {
  const length = columns.items.length;
  let from = columns;
  let to: Columns = { low: new Uint32Array(length), high: new Uint32Array(length), items: new Uint32Array(length) };
  for (let digit = 0; digit < DIGITS; digit++) {
    const keys = digit < DIGITS / 2 ? from.low : from.high;
    const shift = (digit % (DIGITS / 2)) * DIGIT_BITS;
    const starts = startsOf(keys, shift);
    if (starts === undefined) continue;
    for (const column of ['low', 'high', 'items'] as const) scatter(keys, starts, { shift, from: from[column], to: to[column] });
    [from, to] = [to, from];
  }
  return from;
}

/** Where each value of a digit begins; undefined when all keys share it. */
function startsOf(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(DIGIT_VALUES + 1);
  for (let index = 0; index < keys.length; index++) starts[((keys[index]! >>> shift) & DIGIT_MASK) + 1]!++;
  if (starts.includes(keys.length)) return undefined;
  for (let value = 0; value < DIGIT_VALUES; value++) starts[value + 1]! += starts[value]!;
  return starts;
}

interface Move {
  readonly shift: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Moves one column to the places of its keys. */
function scatter(keys: Uint32Array, starts: Uint32Array, { shift, from, to }: Move): void {
  const places = starts.slice();
  for (let index = 0; index < keys.length; index++) to[places[(keys[index]! >>> shift) & DIGIT_MASK]!++] = from[index]!;
}
