import { EvaluationError } from './score-set.ts';

/** The error that is left when the comparisons of lowest quality are set aside: steps that ascend in the share discarded. */
export interface DiscardCurve {
  /** [steps] ascending from 0: the share of comparisons discarded. */
  readonly discarded: Float64Array;
  /** [steps]: the share of errors among those kept. */
  readonly error: Float64Array;
  /** [steps]: the lowest quality kept. */
  readonly quality: Float64Array;
  readonly count: number;
}

/** Comparisons at a fixed threshold, with the quality of each: usually the lower of its two samples' qualities. */
export interface JudgedComparisons {
  readonly isError: ArrayLike<boolean | number>; // [comparisons]
  readonly quality: Float64Array; // [comparisons], any scale, higher is better
}

/**
 * Error-versus-discard characteristic (Grother and Tabassi, IEEE TPAMI 29, 2007; ISO/IEC 29794-1). With false
 * non-matches of mated comparisons as errors it shows whether a quality measure foretells rejections: a good one falls
 * at once, a useless one stays level.
 *
 * Comparisons of equal quality go together, so that their order decides nothing. The threshold is fixed beforehand
 * (`judgeThreshold`), not chosen again for what is kept. A comparison scored -Infinity is an error like any other.
 *
 * @throws EvaluationError too-few-scores without a comparison; shape-mismatch; score-not-a-number for such a quality.
 */
export function errorVersusDiscard({ isError, quality }: JudgedComparisons): DiscardCurve {
  const count = quality.length;
  if (count === 0) throw new EvaluationError('too-few-scores', 'Without a comparison there is no error to lower.');
  if (isError.length !== count) {
    throw new EvaluationError('shape-mismatch', `${isError.length} judgements do not fit ${count} qualities.`);
  }
  const unknown = quality.findIndex(Number.isNaN);
  if (unknown >= 0) throw new EvaluationError('score-not-a-number', `The quality at index ${unknown} is not a number.`);
  const order = Uint32Array.from(quality.keys()).sort((a, b) => (quality[a]! < quality[b]! ? -1 : quality[a]! > quality[b]! ? 1 : 0));
  let errors = order.reduce((sum, at) => sum + Number(isError[at]), 0);
  const steps: { discarded: number; error: number; quality: number }[] = [];
  for (let at = 0; at < count; at++) {
    const own = quality[order[at]!]!;
    if (at === 0 || own !== quality[order[at - 1]!]!) steps.push({ discarded: at / count, error: errors / (count - at), quality: own });
    errors -= Number(isError[order[at]!]);
  }
  const column = (name: 'discarded' | 'error' | 'quality') => Float64Array.from(steps, (step) => step[name]);
  return { discarded: column('discarded'), error: column('error'), quality: column('quality'), count };
}

export interface DiscardArea {
  /** Area under the curve from 0 to the largest share, over that share: the mean error, as a rate. */
  readonly area: number;
  /** The same for a measure that discards errors first: no measure does better. */
  readonly ideal: number;
  /** The same for a measure that knows nothing: the error of all comparisons. */
  readonly level: number;
}

/**
 * Partial area under the curve, as steps, since nothing lies between two qualities (Schlett et al., "Considerations on
 * the evaluation of biometric quality assessment algorithms", IEEE T-BIOM 6, 2024, which warns of interpolation).
 *
 * @param largest the largest share discarded that is looked at, in (0, 1): 0.2 is usual.
 * @throws EvaluationError argument-out-of-range for any other share.
 */
export function discardArea(curve: DiscardCurve, largest: number): DiscardArea {
  if (!(largest > 0 && largest < 1)) {
    throw new EvaluationError('argument-out-of-range', `A share to discard lies between 0 and 1; ${largest} does not.`);
  }
  let sum = 0;
  for (let step = 0; step < curve.discarded.length && curve.discarded[step]! < largest; step++) {
    const end = Math.min(largest, curve.discarded[step + 1] ?? 1);
    sum += (end - curve.discarded[step]!) * curve.error[step]!;
  }
  const level = curve.error[0]!;
  // An ideal measure leaves (level - x) / (1 - x) at the share x, down to 0: its integral is x + (1 - level) ln(1 - x).
  const reach = Math.min(level, largest);
  const ideal = level === 1 ? largest : Math.max(0, reach + (1 - level) * Math.log1p(-reach));
  return { area: sum / largest, ideal: ideal / largest, level };
}
