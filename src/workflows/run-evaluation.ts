import type { EmbedderSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { ScoreTransform } from '../contract/requests/cancelable.ts';
import type { EvaluationReport, ScoredSystem } from '../contract/requests/evaluations.ts';
import type { Part } from '../contract/vocabulary.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { insertEvaluationTemplates } from '../store/evaluation-maps.ts';
import { insertKeptPairs } from '../store/evaluation-pairs.ts';
import { insertEvaluation, insertScores } from '../store/evaluations.ts';
import type { ModelRecord } from '../store/models.ts';
import { transaction } from '../store/statement.ts';
import { rootOf } from './dataset-layout.ts';
import type { EmbeddedSamples } from './embed-dataset.ts';
import { embedDataset } from './embed-dataset.ts';
import { evaluatedSamples } from './evaluated-samples.ts';
import { evaluationManifest } from './evaluation-manifest.ts';
import { canBeUntrained, evaluationWarnings } from './evaluation-warnings.ts';
import type { LabelledSamples } from './explore/label-marks.ts';
import type { RunningJob } from './jobs.ts';
import { embedderOf, weightsFile } from './models.ts';
import { countPairs } from '../evaluation/sampled-pairs.ts';
import { cacheOfDataset } from './picture-cache.ts';
import { countMatedPairs } from './score-pairs.ts';
import type { ScoredSystemOutcome } from './score-system.ts';
import { scoreSystem } from './score-system.ts';
import type { FailureCounts } from '../evaluation/failure-to-acquire.ts';
import { percentWords } from '../evaluation/number-words.ts';
import { hasBothKinds } from './scoring.ts';
import { evaluatedSample, qualityOf } from './sample-qualities.ts';
import { evaluationPlan } from './system-figures.ts';
import { underTransform, underWords } from './templates/evaluated-transform.ts';
import { withoutThresholds } from './without-thresholds.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

export interface EvaluationOrder {
  evaluationId: string;
  model: ModelRecord;
  dataset: DatasetRecord;
  part: Part;
  baselines: boolean;
  /** With the labels that were marked as wrong corrected. */
  corrected: boolean;
  /** What the model's templates are put under before they are compared. */
  transform: ScoreTransform;
  isDemo: boolean;
}

/** Embeds, compares all pairs, and writes the report with the raw scores. Returns the closing sentence. */
export async function runEvaluation(workbench: Workbench, order: EvaluationOrder, job: RunningJob): Promise<string> {
  const systems = systemsOf(workbench, order);
  const scored: { outcome: ScoredSystemOutcome; embedded: EmbeddedSamples }[] = [];
  const meter = embeddingMeter(workbench, { order, systems: systems.length }, job);
  for (const system of systems) {
    const { evaluated, development } = await embedSystem(workbench, { order, system, meter }, job);
    job.progress({ message: `Comparing all pairs (${system.name}).` });
    const scoring = { kind: system.kind, name: system.name, evaluated: evaluated.templates, development: development?.templates ?? null, failures: failureCounts(evaluated), seed: evaluationPlan.seed };
    scored.push({ outcome: await scoreSystem(workbench, scoring, job), embedded: evaluated });
  }
  const { embedded, outcome } = scored[0]!;
  const report = await reportOf(workbench, { order, systems: scored.map((one) => one.outcome.system), outcome, embedded });
  const { database, vault } = workbench.store;
  transaction(database, () => {
    insertEvaluation(database, { report, samples: embedded.samples.map(({ path, subject }, row) => evaluatedSample({ path, subject }, embedded.qualities[row]!)), isDemo: order.isDemo });
    const { embeddings, dimension } = embedded.templates;
    insertEvaluationTemplates(database, vault.keys(), { evaluationId: report.id, size: dimension, vectors: embeddings });
    for (const { outcome: { system, scores } } of scored) if (scores !== null) insertScores(database, { evaluationId: report.id, system: system.kind, scores });
    if (outcome.sample !== null) insertKeptPairs(database, report.id, outcome.sample);
  });
  for (const warning of report.warnings) job.log(warning);
  announce(workbench, 'evaluations', 'desk');
  return report.systems.map(({ name, eer }) => `${name}: EER ${percentWords(eer.value, report.counts.mated)}`).join('; ') + '.';
}

interface System {
  kind: ScoredSystem['kind'];
  name: string;
  embedder: EmbedderSource;
}

function systemsOf({ home }: Workbench, { model, baselines }: EvaluationOrder): System[] {
  const { recipe } = model;
  const own: System = { kind: 'model', name: model.name, embedder: embedderOf(home, model) };
  if (!baselines) return [own];
  const { backbone } = recipe;
  const graphFrom = 'fineTune' in backbone ? { path: weightsFile(home, model.id), weightsHash: model.weightsHash } : null;
  const rawPixels: System = { kind: 'raw-pixels', name: 'Raw pixels', embedder: { kind: 'raw-pixels', recipe } };
  if (!canBeUntrained(model)) return [own, rawPixels];
  return [
    own,
    { kind: 'untrained', name: 'Untrained network', embedder: { kind: 'untrained', recipe, ...(graphFrom && { graphFrom }) } },
    rawPixels,
  ];
}

/** A subject is not enrolled when none of its images gave a template. */
function failureCounts({ samples, failures }: EmbeddedSamples): FailureCounts {
  const enrolled = new Set(samples.map(({ subject }) => subject));
  const failed = new Set(failures.map(({ subject }) => subject).filter((subject) => !enrolled.has(subject)));
  return { attempts: samples.length + failures.length, failedAttempts: failures.length, enrolments: enrolled.size + failed.size, failedEnrolments: failed.size };
}

type Meter = (count: number) => void;

function embeddingMeter(workbench: Workbench, { order, systems }: { order: EvaluationOrder; systems: number }, job: RunningJob): Meter {
  const count = (part: Part): number => labelledSamples(workbench, order, part).samples.length;
  const total = systems * count(order.part) + (offersThresholds(order) ? count('validation') : 0);
  let done = 0;
  job.progress({ done, total, message: 'Embedding.' });
  return (more) => job.progress({ done: (done += more), total });
}

function labelledSamples({ store: { database } }: Workbench, { dataset, corrected }: EvaluationOrder, part: Part): LabelledSamples {
  return evaluatedSamples(database, { datasetId: dataset.id, part, corrected });
}

/** Only the model itself is offered thresholds, and never on the identities it is judged on. */
function offersThresholds({ part }: EvaluationOrder): boolean {
  return part !== 'validation';
}

async function embedSystem(
  workbench: Workbench,
  { order, system, meter }: { order: EvaluationOrder; system: System; meter: Meter },
  job: RunningJob,
): Promise<{ evaluated: EmbeddedSamples; development: EmbeddedSamples | null }> {
  const embed = async (part: Part): Promise<EmbeddedSamples> => {
    const { samples } = labelledSamples(workbench, order, part);
    const cache = { folder: cacheOfDataset(workbench.home, order.dataset.id), embeddings: true };
    const embedded = await embedDataset(workbench, { embedder: system.embedder, root: rootOf(order.dataset), cache, samples, onDone: meter }, job);
    return system.kind === 'model' ? underTransform(embedded, order.transform) : embedded;
  };
  job.progress({ message: `Embedding (${system.name}).` });
  const evaluated = await embed(order.part);
  if (!hasBothKinds(evaluated.templates.subjects)) {
    throw new RequestError(
      'too-little-data',
      `The ${order.part} part of ${order.dataset.name} has no ${countMatedPairs(evaluated.templates.subjects) > 0 ? 'two subjects' : 'subject with two usable images'}, ` +
        'so no error rate exists. Change the split, or choose another part.',
    );
  }
  const development = system.kind === 'model' && offersThresholds(order) ? await embed('validation') : null;
  return { evaluated, development };
}

interface Findings {
  order: EvaluationOrder;
  systems: ScoredSystem[];
  outcome: ScoredSystemOutcome;
  embedded: EmbeddedSamples;
}

async function reportOf(workbench: Workbench, { order, systems, outcome, embedded }: Findings): Promise<EvaluationReport> {
  const { model, dataset, part, evaluationId } = order;
  const { mated, nonMated } = countPairs(embedded.templates.subjects);
  const { label } = await workbench.device.current();
  const parts: Part[] = offersThresholds(order) ? [part, 'validation'] : [part];
  const corrections = parts.flatMap((one) => labelledSamples(workbench, order, one).corrections);
  return {
    id: evaluationId,
    modelId: model.id,
    modelName: model.name,
    datasetId: dataset.id,
    datasetName: dataset.name,
    part,
    transform: order.transform,
    protocol: `All pairs of the ${part} images, each compared once with cosine similarity, none with itself; a match when score >= threshold. Intervals: 95 %, 1000 resamples of the subjects.${outcome.sample === null ? '' : sampled(outcome.sample)}${underWords(order.transform)}`,
    counts: {
      subjects: new Set(embedded.templates.subjects).size,
      samples: embedded.samples.length,
      mated,
      nonMated,
      failedToAcquire: embedded.failures.length,
    },
    systems,
    quality: qualityOf(embedded),
    thresholds: outcome.thresholds.length > 0 ? outcome.thresholds : withoutThresholds(part, dataset.name),
    corrections,
    warnings: evaluationWarnings(workbench, { order, system: outcome.system, compared: new Set(embedded.samples.map(({ path }) => path)), failures: embedded.failures, corrections }),
    manifest: evaluationManifest(workbench.store.database, {
      version: workbench.version, model, dataset, part, options: { baselines: order.baselines, corrected: order.corrected, transform: order.transform }, compared: embedded.samples,
    }),
    device: label,
    createdAt: Date.now(),
  };
}

/** What the reader must know of the intervals where not all comparisons are resampled. */
function sampled({ mated, drawn }: NonNullable<ScoredSystemOutcome['sample']>): string {
  return ` The figures are those of all comparisons; intervals, d', calibration and normalisation are of ${mated.toLocaleString('en-GB')} mated and ${drawn.toLocaleString('en-GB')} non-mated ones drawn evenly.`;
}
