/** "1e-3", "5e-2", "1": a rate as the field writes it, for axes over several decades. */
export function rateTick(rate: number): string {
  if (rate === 0 || rate >= 1) return String(rate);
  const exponent = Math.floor(Math.log10(rate) + 1e-9);
  return `${Number((rate / 10 ** exponent).toPrecision(2))}e${exponent}`;
}

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
