import type { EvaluationReport } from '../contract/requests/evaluations.ts';

/** The lowest FMR that the comparisons firmly support, both where the threshold was chosen and where it was judged. */
export function smallestSupportedTarget({ thresholds, systems }: EvaluationReport): number | null {
  const figures = systems[0]!.fnmrAtFmr;
  const supported = thresholds.filter(
    ({ target, threshold }) => threshold !== null && figures.some((figure) => figure.target === target && figure.support === 'supported'),
  );
  return supported.length === 0 ? null : Math.min(...supported.map(({ target }) => target));
}
