import type { ScoreDrawing } from '../contract/requests/score-files.ts';
import { bootstrapSteps } from '../evaluation/bootstrap.ts';
import type { Interval } from '../evaluation/bootstrap.ts';
import type { Curve } from '../evaluation/curve.ts';
import { downsampleForDrawing } from '../evaluation/curve.ts';
import { operatingPoints } from '../evaluation/error-rates.ts';
import type { Figure } from '../evaluation/figure.ts';
import { scoreHistogram } from '../evaluation/histogram.ts';
import { seededRandom } from '../evaluation/random.ts';
import { fnmrAtTarget } from '../evaluation/resampled-figures.ts';
import { rocOfPoints } from '../evaluation/roc.ts';
import type { CollectedScores } from '../evaluation/score-rows.ts';
import { EvaluationError, sortScores } from '../evaluation/score-set.ts';
import type { ScoreFileOrder, ScoreFileProgress } from './score-file.ts';
import { readScores } from './score-file.ts';

const drawnPoints = 200;
const histogramBins = 60;

/** The curve, with a band where subjects are known, and the histogram; null where the scores are of one kind or few. */
export async function* drawScoreFile({ path, plan }: ScoreFileOrder): AsyncGenerator<ScoreFileProgress, ScoreDrawing | null> {
  const { guarded: { honest } } = yield* readScores(path);
  const { scores } = honest;
  if (scores.mated.length === 0 || scores.nonMated.length === 0) return null;
  const curve = downsampleForDrawing(rocOfPoints(operatingPoints(sortScores(scores))), drawnPoints);
  const band = yield* bandOf(honest, curve, plan);
  // JSON has no infinity: a threshold at which failures to acquire match is the lowest number.
  const points = Array.from(curve.thresholds, (threshold, at) => {
    const interval = band[String(at)];
    return { threshold: Math.max(threshold, -Number.MAX_VALUE), fmr: curve.fmr[at]!, fnmr: curve.fnmr[at]!, low: interval?.lower ?? null, high: interval?.upper ?? null };
  });
  // A failure to acquire has no place on the axis of scores.
  const finite = { mated: scores.mated.filter(Number.isFinite), nonMated: scores.nonMated.filter(Number.isFinite) };
  if (finite.mated.length === 0 || finite.nonMated.length === 0) return null;
  const { edges, mated, nonMated } = scoreHistogram(finite, histogramBins);
  return { curve: points, histogram: { edges: [...edges], mated: [...mated], nonMated: [...nonMated] } };
}

type Band = Partial<Record<string, Interval>>;

function* bandOf({ attributed }: CollectedScores, { fmr }: Curve, { replicates, confidence, seed }: ScoreFileOrder['plan']): Generator<ScoreFileProgress, Band> {
  if (attributed === undefined || replicates === 0) return {};
  const figures: Record<string, Figure> = Object.fromEntries(Array.from(fmr, (rate, at) => [String(at), fnmrAtTarget(rate)]));
  const steps = bootstrapSteps(attributed, figures, { replicates, confidence, random: seededRandom(seed) });
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      yield { ...step.value, unit: 'resamples' };
    }
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'too-few-subjects') return {};
    throw error;
  }
}
