const cell = new DataView(new ArrayBuffer(8));

/** The least float64 greater than `value` (IEEE 754 nextUp). Of -Infinity: the lowest finite number. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  if (Number.isNaN(value) || value === Infinity) return value;
  cell.setFloat64(0, value);
  cell.setBigUint64(0, cell.getBigUint64(0) + (value > 0 ? 1n : -1n));
  return cell.getFloat64(0);
}
