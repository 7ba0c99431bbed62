import type { OperatingFigure } from '../../contract/requests/evaluations.ts';
import type { NamedFigure, SystemDetail } from '../../contract/requests/system-detail.ts';
import type { AttributedScores } from '../../evaluation/attributed-scores.ts';
import { areaUnderCurve } from '../../evaluation/area-under-curve.ts';
import { calibrationFigures } from '../../evaluation/calibration-figures.ts';
import { equalErrorRate } from '../../evaluation/equal-error-rate.ts';
import { operatingPoints } from '../../evaluation/error-rates.ts';
import type { FailureCounts } from '../../evaluation/failure-to-acquire.ts';
import { failureRates, transactionRates } from '../../evaluation/failure-to-acquire.ts';
import type { Metric, ScoreMetrics } from '../../evaluation/score-metrics.ts';
import { DEFAULT_COSTS, scoreMetrics } from '../../evaluation/score-metrics.ts';
import { EvaluationError, sortScores } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import { metricEstimate } from '../metric-estimate.ts';
import { identificationDetail } from './identification-detail.ts';
import { normalizationDetail } from './normalization-detail.ts';

export interface DetailOrder {
  readonly templates: TemplateSet;
  /** Of all pairs i < j, row by row; null where there are too many to normalise. */
  readonly scores: Float64Array | null;
  readonly evaluated: AttributedScores;
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
  const { templates, scores, evaluated, development, failures, fnmrAtFmr, seed } = order;
  const calibration = calibrationOf(order);
  const metrics = scoreMetrics({ scores: evaluated, attributed: undefined }, { targets: [], costs: DEFAULT_COSTS });
  return {
    figures: namedFigures(metrics, calibration, fnmrAtFmr),
    transactions: transactionsOf(failures, fnmrAtFmr),
    calibration,
    normalization: development === null || scores === null
      ? { refusal: development === null ? noDevelopment : 'There are too many comparisons to normalise here.', cohort: null, rows: [] }
      : yield* normalizationDetail({ templates, development: development.templates, scores, seed }),
    identification: yield* identificationDetail(templates, seed),
    naive: naiveFigures(evaluated, templates.subjects.length),
  };
}

/** What a script reports that takes the whole matrix: every sample matches itself, which mirrored comparisons do not change. */
function naiveFigures({ mated, nonMated }: AttributedScores, selfMatches: number): SystemDetail['naive'] {
  // Each other pair is there twice, so half as many self-matches among single pairs weigh the same; an odd one is left out.
  const flattered = new Float64Array(mated.length + Math.floor(selfMatches / 2)).fill(1);
  flattered.set(mated);
  const points = operatingPoints(sortScores({ mated: flattered, nonMated }));
  return { selfMatches, eer: equalErrorRate(points).rate, auc: areaUnderCurve(points), rank1: 1 };
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

function namedFigures(metrics: ScoreMetrics, calibration: SystemDetail['calibration'], fnmrAtFmr: readonly OperatingFigure[]): NamedFigure[] {
  const logistic = calibration.maps.find(({ kind }) => kind === 'logistic');
  const plain = (key: string, label: string, unit: NamedFigure['unit']) => (metric: Metric): NamedFigure => ({ key, label, unit, ...metricEstimate(metric) });
  const fixed = (key: string, label: string, target: number): NamedFigure => {
    const known = fnmrAtFmr.find((one) => one.target === target);
    return { key, label, unit: 'rate', value: known?.fnmr ?? null, reason: known?.fnmr ? null : (known?.reason ?? 'It was not asked for.') };
  };
  const calibrated = (named: Pick<NamedFigure, 'key' | 'label' | 'unit'>, value: number | null | undefined): NamedFigure => {
    if (value !== null && value !== undefined) return { ...named, value: { value, low: null, high: null }, reason: null };
    return { ...named, value: null, reason: logistic?.refusal ?? calibration.refusal ?? 'A failure to acquire makes it infinite.' };
  };
  return [
    fixed('fmr100', 'FMR100 (FNMR at FMR 1/100)', 0.01),
    fixed('fmr1000', 'FMR1000 (FNMR at FMR 1/1000)', 0.001),
    fixed('fmr10000', 'FMR10000 (FNMR at FMR 1/10000)', 0.0001),
    plain('zeroFmr', 'ZeroFMR (an FNMR)', 'rate')(metrics.zeroFmr),
    plain('zeroFnmr', 'ZeroFNMR (an FMR)', 'rate')(metrics.zeroFnmr),
    plain('minimumCost', 'Minimum cost', 'number')(metrics.minimumCost),
    calibrated({ key: 'actualCost', label: 'Actual cost, calibrated on the validation identities', unit: 'number' }, logistic?.after?.actualCost),
    plain('minimumCllr', 'Minimum Cllr', 'bits')(metrics.minimumCllr),
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
