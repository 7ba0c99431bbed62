import type { OperatingFigure } from '../../contract/requests/evaluations.ts';
import type { NamedFigure, SystemDetail } from '../../contract/requests/system-detail.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import { areaUnderCurve } from '../../evaluation/area-under-curve.ts';
import { calibrationFigures } from '../../evaluation/calibration-figures.ts';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { minimumCllr } from '../../evaluation/cllr.ts';
import { minimumDetectionCost } from '../../evaluation/detection-cost.ts';
import type { OperatingPoints } from '../../evaluation/error-rates.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import { zeroFmr, zeroFnmr } from '../../evaluation/zero-fmr.ts';
import type { FailureCounts } from '../../evaluation/failure-to-acquire.ts';
import { failureRates, transactionRates } from '../../evaluation/failure-to-acquire.ts';
import { DEFAULT_COSTS } from '../../evaluation/score-metrics.ts';
import { countPairs } from '../../evaluation/sampled-pairs.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { CostLimits } from './cost-limits.ts';
import { costLimits } from './cost-limits.ts';
import { identificationDetail } from './identification-detail.ts';
import type { ComparedPairs } from './normalization-detail.ts';
import { normalizationDetail } from './normalization-detail.ts';

export interface DetailOrder {
  readonly templates: TemplateSet;
  /** Those to normalise: all, or an even sample. */
  readonly pairs: ComparedPairs;
  readonly evaluated: AttributedScores;
  /** Of all comparisons. */
  readonly points: OperatingPoints;
  /** Identities that are not judged; null where there are none. */
  readonly development: { readonly templates: TemplateSet; readonly scores: AttributedScores } | null;
  readonly failures: FailureCounts;
  /** The FNMRs that were given already, with their intervals. */
  readonly fnmrAtFmr: readonly OperatingFigure[];
  readonly seed: number;
}

const noDevelopment = 'It needs other identities than those that are judged: evaluate the test part of a dataset with a validation part.';

/** Everything of a system beside its first figures. Yields its progress in replicates. */
export function* systemDetail(order: DetailOrder): Generator<Progress, SystemDetail> {
  const { templates, pairs, evaluated, points, development, failures, fnmrAtFmr, seed } = order;
  const calibration = calibrationOf(order);
  const limits = yield* costLimits(evaluated, calibration, seed);
  return {
    figures: namedFigures({ points, calibration, fnmrAtFmr, limits }),
    transactions: transactionsOf(failures, fnmrAtFmr),
    calibration,
    normalization: development === null
      ? { refusal: noDevelopment, cohort: null, rows: [] }
      : yield* normalizationDetail({ templates, development: development.templates, pairs, seed }),
    identification: yield* identificationDetail(templates, seed),
    naive: naiveFigures(evaluated, templates.subjects),
  };
}

/**
 * What a script reports that takes the whole matrix: every sample matches itself, which mirrored comparisons do not change. Each other pair
 * is there twice, so half as many self-matches among single pairs weigh the same; of a sample of the mated pairs, as large a share.
 */
function naiveFigures({ mated, nonMated }: AttributedScores, subjects: Int32Array): SystemDetail['naive'] {
  const share = mated.length / countPairs(subjects).mated;
  const flattered = new Float64Array(mated.length + Math.floor((share * subjects.length) / 2)).fill(1);
  flattered.set(mated);
  const points = operatingPoints(sortScores({ mated: flattered, nonMated }));
  return { selfMatches: subjects.length, eer: equalErrorRate(points).rate, auc: areaUnderCurve(points), rank1: 1 };
}

function calibrationOf({ development, evaluated }: DetailOrder): SystemDetail['calibration'] {
  if (development === null) return { refusal: noDevelopment, fittedOn: null, before: null, maps: [] };
  try {
    const { maps, ...figures } = calibrationFigures(development.scores, evaluated, DEFAULT_COSTS);
    return { refusal: null, ...figures, maps: [...maps] };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { refusal: error.message, fittedOn: null, before: null, maps: [] };
  }
}

interface Named {
  readonly points: OperatingPoints;
  readonly calibration: SystemDetail['calibration'];
  readonly fnmrAtFmr: readonly OperatingFigure[];
  readonly limits: CostLimits;
}

function namedFigures({ points, calibration, fnmrAtFmr, limits }: Named): NamedFigure[] {
  const logistic = calibration.maps.find(({ kind }) => kind === 'logistic');
  const plain = (named: Pick<NamedFigure, 'key' | 'label' | 'unit'>, value: number): NamedFigure =>
    ({ ...named, value: { value, ...(limits[named.key] ?? { low: null, high: null }) }, reason: null });
  const fixed = (key: string, label: string, target: number): NamedFigure => {
    const known = fnmrAtFmr.find((one) => one.target === target);
    return { key, label, unit: 'rate', value: known?.fnmr ?? null, reason: known?.fnmr ? null : (known?.reason ?? 'It was not asked for.') };
  };
  const calibrated = (named: Pick<NamedFigure, 'key' | 'label' | 'unit'>, value: number | null | undefined): NamedFigure => {
    if (value !== null && value !== undefined) return plain(named, value);
    return { ...named, value: null, reason: logistic?.refusal ?? calibration.refusal ?? 'A failure to acquire makes it infinite.' };
  };
  return [
    fixed('fmr100', 'FMR100 (FNMR at FMR 1/100)', 0.01),
    fixed('fmr1000', 'FMR1000 (FNMR at FMR 1/1000)', 0.001),
    fixed('fmr10000', 'FMR10000 (FNMR at FMR 1/10000)', 0.0001),
    plain({ key: 'zeroFmr', label: 'ZeroFMR (an FNMR)', unit: 'rate' }, zeroFmr(points).fnmr),
    plain({ key: 'zeroFnmr', label: 'ZeroFNMR (an FMR)', unit: 'rate' }, zeroFnmr(points).fmr),
    plain({ key: 'minimumCost', label: 'Minimum cost', unit: 'number' }, minimumDetectionCost(points, DEFAULT_COSTS).normalized),
    calibrated({ key: 'actualCost', label: 'Actual cost, calibrated on the validation identities', unit: 'number' }, logistic?.after?.actualCost),
    plain({ key: 'minimumCllr', label: 'Minimum Cllr', unit: 'bits' }, minimumCllr(points)),
    calibrated({ key: 'cllr', label: 'Cllr, calibrated on the validation identities', unit: 'bits' }, logistic?.after?.cllr),
  ];
}

function transactionsOf(failures: FailureCounts, fnmrAtFmr: readonly OperatingFigure[]): SystemDetail['transactions'] {
  const rates = failureRates(failures);
  const rows = fnmrAtFmr.flatMap(({ target, achieved, threshold, fnmr }) => {
    if (achieved === null || threshold === null || fnmr === null) return [];
    const { gfar, gfrr } = transactionRates({ fmr: achieved, fnmr: fnmr.value }, rates);
    return [{ target, threshold, fmr: achieved, fnmr: fnmr.value, gfar, gfrr }];
  });
  return { ...failures, ...rates, rows };
}
