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
  const known = values.map((value) => (value.trim() === '' ? null : Number(value)));
  const wrong = values.find((_, at) => known[at] !== null && !Number.isFinite(known[at]));
  if (wrong !== undefined) throw new RequestError('invalid-input', `${column} cannot be read as a quality: "${wrong}" is no number.`);
  const isError: number[] = [];
  const quality: number[] = [];
  const { first, second, scores, subjects } = evenly(compared);
  let unknown = 0;
  for (let pair = 0; pair < scores.length; pair++) {
    const [i, j] = [first[pair]!, second[pair]!];
    if (subjects[i] !== subjects[j]) continue;
    const [one, other] = [known[i]!, known[j]!];
    if (one === null || other === null) unknown++;
    else {
      isError.push(scores[pair]! < threshold ? 1 : 0);
      quality.push(Math.min(one, other));
    }
  }
  if (quality.length === 0) throw new RequestError('invalid-input', `No mated comparison has a ${column} on both sides.`);
  const curve = errorVersusDiscard({ isError, quality: Float64Array.from(quality) });
  const { area, ideal, level } = discardArea(curve, LARGEST_SHARE);
  const stride = Math.max(1, Math.ceil(curve.discarded.length / DRAWN_STEPS));
  const steps = Array.from(curve.discarded, (discarded, at) => ({ discarded, error: curve.error[at]!, quality: curve.quality[at]! })).filter((_, at) => at % stride === 0);
  return { column, threshold, steps, comparisons: quality.length, unknown, area: { largest: LARGEST_SHARE, value: area, ideal, level } };
}
