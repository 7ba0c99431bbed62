import type * as Plot from '@observablehq/plot';

/** What one step of training reported. Distances are Euclidean on the unit sphere (0 to 2). */
export interface TrainingStep {
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly activeShare: number | null;
  readonly positiveDistance: number | null;
  readonly negativeDistance: number | null;
  /** Mean length of the raw embeddings, and mean cosine of all pairs of a batch. */
  readonly meanNorm: number | null;
  readonly meanCosine: number | null;
}

export interface TrainingEpoch {
  /** Counted from 0; people are told it from 1. */
  readonly epoch: number;
  /** The last step of the epoch. */
  readonly step: number;
  readonly validationEer: number | null;
  readonly kept: boolean;
}

export interface TrainingRun {
  readonly name: string;
  readonly steps: readonly TrainingStep[];
  readonly epochs: readonly TrainingEpoch[];
}

export type TrainingPanel = 'loss' | 'validation-eer' | 'learning-rate' | 'active-share' | 'distances' | 'norm';

interface PanelWords { title: string; axis: Plot.ScaleOptions; isRate: boolean; isShare: boolean }

export const panelWords: Record<TrainingPanel, PanelWords> = {
  'loss': { title: 'Loss', axis: { zero: true }, isRate: false, isShare: false },
  'validation-eer': { title: 'Validation EER', axis: { zero: true }, isRate: false, isShare: true },
  'learning-rate': { title: 'Learning rate', axis: { zero: true }, isRate: true, isShare: false },
  'active-share': { title: 'Active share', axis: { domain: [0, 1] }, isRate: false, isShare: true },
  'distances': { title: 'Distance', axis: { domain: [0, 2] }, isRate: false, isShare: false },
  'norm': { title: 'Mean norm', axis: { zero: true }, isRate: false, isShare: false },
};

export interface TrainingPoint {
  readonly step: number;
  readonly value: number;
  /** The number, from 1, of the epoch whose weights became the model, at its point only. */
  readonly kept?: number;
}

export interface TrainingSeries {
  readonly name: string;
  readonly kind: 'system' | 'mated' | 'non-mated';
  readonly marker: 'line' | 'dots';
  readonly points: readonly TrainingPoint[];
}

const MOST_POINTS = 600; // about one a pixel

/** The lines of a panel. Steps are thinned to the mean of their neighbours; what was not measured is not drawn. */
export function seriesOf(panel: TrainingPanel, run: TrainingRun): TrainingSeries[] {
  if (panel === 'validation-eer') return [{ name: run.name, kind: 'system', marker: 'dots', points: eerPoints(run.epochs) }];
  if (panel === 'distances') {
    return [
      { name: run.name, kind: 'mated', marker: 'line', points: stepPoints(run.steps, (step) => step.positiveDistance) },
      { name: run.name, kind: 'non-mated', marker: 'line', points: stepPoints(run.steps, (step) => step.negativeDistance) },
    ];
  }
  const read = { 'loss': (step: TrainingStep) => step.loss, 'learning-rate': (step: TrainingStep) => step.learningRate, 'active-share': (step: TrainingStep) => step.activeShare, 'norm': (step: TrainingStep) => step.meanNorm }[panel];
  return [{ name: run.name, kind: 'system', marker: 'line', points: stepPoints(run.steps, read) }];
}

function eerPoints(epochs: readonly TrainingEpoch[]): TrainingPoint[] {
  return epochs.flatMap(({ epoch, step, validationEer, kept }) =>
    validationEer === null ? [] : [{ step, value: validationEer, ...(kept ? { kept: epoch + 1 } : {}) }]);
}

function stepPoints(steps: readonly TrainingStep[], read: (step: TrainingStep) => number | null): TrainingPoint[] {
  const size = Math.max(1, Math.ceil(steps.length / MOST_POINTS));
  const points: TrainingPoint[] = [];
  for (let start = 0; start < steps.length; start += size) {
    const group = steps.slice(start, start + size);
    const values = group.map(read).filter((value): value is number => value !== null && Number.isFinite(value));
    if (values.length > 0) points.push({ step: group.at(-1)!.step, value: values.reduce((sum, value) => sum + value, 0) / values.length });
  }
  return points;
}
