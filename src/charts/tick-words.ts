/** "20 %", "0.5 %": a share on an axis of its own scale, with the digits it needs. */
export const percentTick = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** The powers of ten in [low, high], both rates above 0. */
export function decades(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let exponent = Math.ceil(Math.log10(low) - 1e-9); exponent <= Math.log10(high) + 1e-9; exponent++) {
    ticks.push(Number(`1e${exponent}`));
  }
  return ticks;
}

/** "0.4", "−0.2": a true minus, as in the text around the chart. */
export const numberTick = (value: number): string => String(Number(value.toPrecision(6))).replace('-', '−');
