/** A fraction of whole numbers, den > 0: no rounding anywhere. */
interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const fraction = (num: bigint, den = 1n): Fraction => (den < 0n ? { num: -num, den: -den } : { num, den });
const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den - b.num * a.den, a.den * b.den);
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den + b.num * a.den, a.den * b.den);
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.num, a.den * b.den);
const over = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den, a.den * b.num);
const isAtMost = (a: Fraction, b: Fraction): boolean => a.num * b.den <= b.num * a.den;

const DIGITS = 10n ** 30n;

/** The nearest number to 30 digits behind the point. */
function toNumber({ num, den }: Fraction): number {
  return Number(`${((num * DIGITS) / den).toString()}e-30`);
}

/** "-1.25e-3" as the fraction it says. */
export function exactNumber(text: string): Fraction {
  const [, sign, whole, decimals = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text)!;
  const digits = BigInt(`${whole}${decimals}`) * (sign === '-' ? -1n : 1n);
  const places = Number(exponent) - decimals.length;
  return places >= 0 ? fraction(digits * 10n ** BigInt(places)) : fraction(digits, 10n ** BigInt(-places));
}

export interface ExactMetrics {
  readonly eer: number;
  readonly auc: number;
  /** NaN without spread. */
  readonly dPrime: number;
  readonly fnmrAtFmr: readonly { readonly achieved: number; readonly fnmr: number }[];
  readonly zeroFmr: number;
  readonly zeroFnmr: number;
}

/** The definitions of issue 6 to the letter, by counting every score at every threshold, in whole numbers. Slow. */
export function exactMetrics(mated: readonly string[], nonMated: readonly string[], targets: readonly string[]): ExactMetrics {
  const [m, n] = [mated.map(exactNumber), nonMated.map(exactNumber)];
  const rising = [...m, ...n].sort((a, b) => (isAtMost(a, b) ? (isAtMost(b, a) ? 0 : -1) : 1));
  const points = [...rising, null].map((threshold) => ({
    fmr: fraction(BigInt(threshold === null ? 0 : n.filter((score) => isAtMost(threshold, score)).length), BigInt(n.length)),
    fnmr: fraction(BigInt(threshold === null ? m.length : m.filter((score) => !isAtMost(threshold, score)).length), BigInt(m.length)),
  }));
  const wins = m.reduce((sum, a) => sum + n.reduce((own, b) => own + (isAtMost(b, a) ? (isAtMost(a, b) ? 1 : 2) : 0), 0), 0);
  const at = (target: Fraction) => points.find(({ fmr }) => isAtMost(fmr, target))!;
  const lastWithoutMiss = points.findLast(({ fnmr }) => fnmr.num === 0n)!;
  return {
    eer: toNumber(crossing(points)),
    auc: toNumber(fraction(BigInt(wins), BigInt(2 * m.length * n.length))),
    dPrime: exactDPrime(m, n),
    fnmrAtFmr: targets.map((target) => at(exactNumber(target))).map(({ fmr, fnmr }) => ({ achieved: toNumber(fmr), fnmr: toNumber(fnmr) })),
    zeroFmr: toNumber(at(fraction(0n)).fnmr),
    zeroFnmr: toNumber(lastWithoutMiss.fmr),
  };
}

/** Where the line between the two adjoining operating points meets FMR = FNMR. */
function crossing(points: readonly { fmr: Fraction; fnmr: Fraction }[]): Fraction {
  const after = points.findIndex(({ fmr, fnmr }) => isAtMost(fmr, fnmr));
  const [before, above] = [points[after - 1]!, points[after]!];
  const excess = minus(before.fmr, before.fnmr);
  const share = over(excess, plus(excess, minus(above.fnmr, above.fmr)));
  return plus(before.fmr, times(share, minus(above.fmr, before.fmr)));
}

function exactDPrime(m: readonly Fraction[], n: readonly Fraction[]): number {
  const [mated, nonMated] = [moments(m), moments(n)];
  const spread = over(plus(mated.variance, nonMated.variance), fraction(2n));
  if (spread.num === 0n) return NaN;
  const difference = minus(mated.mean, nonMated.mean);
  return Math.sign(Number(difference.num)) * Math.sqrt(toNumber(over(times(difference, difference), spread)));
}

function moments(scores: readonly Fraction[]): { mean: Fraction; variance: Fraction } {
  const count = fraction(BigInt(scores.length));
  const mean = over(scores.reduce(plus), count);
  const squares = scores.map((score) => times(minus(score, mean), minus(score, mean))).reduce(plus);
  return { mean, variance: over(squares, minus(count, fraction(1n))) };
}
