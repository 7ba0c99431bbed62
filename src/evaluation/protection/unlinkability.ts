/** How far templates of one person under two keys can be told from those of two people. */
export interface Unlinkability {
  /** Global measure in [0, 1]: 0, nobody can link; 1, everybody can. */
  systemLinkability: number;
  /** By score: the middle of each bin, and D(s) in it. */
  local: { score: number; linkability: number }[];
}

/**
 * D_sys of Gomez-Barrero, Galbally, Rathgeb and Busch, "General Framework to Evaluate Unlinkability in Biometric Template Protection Systems", IEEE TIFS 2018,
 * eqs. 6 to 9, with equal priors (omega = 1): D(s) = 2 LR / (1 + LR) - 1 where LR = p(s | mated) / p(s | non-mated) > 1, else 0; D_sys is its mean
 * over the mated scores.
 *
 * The densities are histograms of `bins` bins over the range of all scores. Chance fills bins unevenly, so D_sys of unlinkable templates is a little above
 * 0, the more so the fewer the mated scores.
 *
 * @param mated scores of one person's templates under different keys; not empty.
 * @param nonMated of different people's, under different keys; not empty.
 */
export function unlinkability(mated: Float64Array, nonMated: Float64Array, bins: number): Unlinkability {
  if (mated.length === 0 || nonMated.length === 0) throw new RangeError('Unlinkability needs mated and non-mated scores.');
  const [low, high] = rangeOf(mated, nonMated);
  const width = (high - low) / bins || 1;
  const shares = (scores: Float64Array): Float64Array => {
    const counts = new Float64Array(bins);
    for (const score of scores) counts[Math.min(bins - 1, Math.floor((score - low) / width))]!++;
    return counts.map((count) => count / scores.length);
  };
  const [ofMated, ofNonMated] = [shares(mated), shares(nonMated)];
  // LR > 1 exactly where the mated share is greater, and 2 LR / (1 + LR) - 1 = (m - n) / (m + n).
  const local = Array.from(ofMated, (m, bin) => ({ score: low + (bin + 0.5) * width, linkability: m > ofNonMated[bin]! ? (m - ofNonMated[bin]!) / (m + ofNonMated[bin]!) : 0 }));
  return { systemLinkability: local.reduce((sum, { linkability }, bin) => sum + linkability * ofMated[bin]!, 0), local };
}

function rangeOf(...sets: Float64Array[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const scores of sets) {
    for (const score of scores) [low, high] = [Math.min(low, score), Math.max(high, score)];
  }
  return [low, high];
}
