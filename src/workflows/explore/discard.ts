import { RequestError } from '../../contract/request-error.ts';
import type { DiscardReport } from '../../contract/requests/explore.ts';
import { discardArea, errorVersusDiscard } from '../../evaluation/error-versus-discard.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { ComparedPairs } from './comparisons.ts';
import { evenly } from './evenly.ts';

export interface DiscardOrder {
  compared: ComparedPairs;
  column: string;
  /** Of the samples; '' where it is not known. */
  values: string[];
  threshold: number;
}

const LARGEST_SHARE = 0.2; // usual for the area under the curve
const DRAWN_STEPS = 400;

/**
 * What is left of the FNMR when the mated comparisons of lowest quality are set aside; a comparison is as good as the worse of its samples.
 *
 * @throws RequestError invalid-input for a column that is no number everywhere, or known of no mated comparison.
 */
export function* discardReport({ compared, column, values, threshold }: DiscardOrder): Generator<Progress, DiscardReport> {
  const known = qualitiesOf(column, values);
  const { first, second, scores, subjects } = evenly(compared);
  const judged: JudgedPair[] = [];
  for (let pair = 0; pair < scores.length; pair++) {
    const [i, j] = [first[pair]!, second[pair]!];
    if (subjects[i] === subjects[j]) judged.push({ score: scores[pair]!, quality: worse(known[i]!, known[j]!) });
  }
  return discardReportOf(judged, { column, threshold });
}

/** A mated comparison with the quality of the worse of its samples; null where one is unknown. */
export interface JudgedPair {
  readonly score: number;
  readonly quality: number | null;
}

export const worse = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : Math.min(one, other));

/**
 * The words of a column as qualities; null where there is none.
 *
 * @throws RequestError invalid-input for a word that is no number.
 */
export function qualitiesOf(column: string, words: readonly string[]): (number | null)[] {
  const known = words.map((word) => (word.trim() === '' ? null : Number(word)));
  const wrong = words.find((_, at) => known[at] !== null && !Number.isFinite(known[at]));
  if (wrong !== undefined) throw new RequestError('invalid-input', `${column} cannot be read as a quality: "${wrong}" is no number.`);
  return known;
}

/** @throws RequestError invalid-input where no quality is known. */
export function discardReportOf(judged: readonly JudgedPair[], { column, threshold }: Pick<DiscardOrder, 'column' | 'threshold'>): DiscardReport {
  const known = judged.filter((pair): pair is JudgedPair & { quality: number } => pair.quality !== null);
  if (known.length === 0) throw new RequestError('invalid-input', `No mated comparison has a ${column} on both sides.`);
  const curve = errorVersusDiscard({ isError: known.map(({ score }) => score < threshold), quality: Float64Array.from(known, ({ quality }) => quality) });
  const { area, ideal, level } = discardArea(curve, LARGEST_SHARE);
  const stride = Math.max(1, Math.ceil(curve.discarded.length / DRAWN_STEPS));
  const steps = Array.from(curve.discarded, (discarded, at) => ({ discarded, error: curve.error[at]!, quality: curve.quality[at]! })).filter((_, at) => at % stride === 0);
  return { column, threshold, steps, comparisons: known.length, unknown: judged.length - known.length, area: { largest: LARGEST_SHARE, value: area, ideal, level } };
}
