import type { EvaluationReport, ScoredSystem } from '../../../contract/requests/evaluations.ts';

/** What the curves, the histogram and the threshold on trial need: of an evaluation, or of a run of a protocol. */
export interface Measured extends Pick<EvaluationReport, 'id' | 'modelId' | 'modelName' | 'thresholds'> {
  readonly counts: Pick<EvaluationReport['counts'], 'mated' | 'nonMated'>;
  /** The model first, then what stands beside it. */
  readonly systems: readonly Pick<ScoredSystem, 'kind' | 'name' | 'curve' | 'histogram' | 'dPrime'>[];
}
