import type { ListedPairs } from '../../contract/requests/explore.ts';
import type { PairChoice } from '../../evaluation/all-pairs.ts';
import { choosePairs, pairChooser } from '../../evaluation/all-pairs.ts';
import type { ComparedPairs } from './comparisons.ts';

/** The first pairs of a kind in an order, and how many of the kind the threshold gets wrong, of all comparisons. */
export function chosenPairs(compared: ComparedPairs, choice: PairChoice): ListedPairs {
  if (compared.kind === 'all') {
    const { errors, pairs } = choosePairs(compared.allPairs, choice);
    return { total: errors, pairs };
  }
  const { first, second, scores, mated } = compared.kept;
  const chooser = pairChooser(choice);
  const [from, to] = choice.kind === 'mated' ? [0, mated] : [mated, scores.length];
  for (let pair = from; pair < to; pair++) chooser.add(first[pair]!, second[pair]!, scores[pair]!);
  return { total: errorsOf(compared, choice), pairs: chooser.result().pairs };
}

/** Read off the curve: exact at its points, where a threshold comes from that somebody clicked. */
function errorsOf({ curve, counts }: Extract<ComparedPairs, { kind: 'some' }>, { kind, threshold }: PairChoice): number {
  const point = curve.reduce<(typeof curve)[number] | null>((best, one) => (one.threshold >= threshold && (best === null || one.threshold < best.threshold) ? one : best), null);
  if (kind === 'mated') return Math.round((point?.fnmr ?? 1) * counts.mated);
  return Math.round((point?.fmr ?? 0) * counts.nonMated);
}
