import { createHash } from 'node:crypto';
import { RequestError } from '../contract/request-error.ts';
import type { EvaluationManifest } from '../contract/requests/evaluations.ts';
import type { Part } from '../contract/vocabulary.ts';
import type { DatasetSample } from '../store/dataset-samples.ts';
import type { DatasetRecord } from '../store/datasets.ts';
import { listDatasets } from '../store/datasets.ts';
import type { ModelRecord } from '../store/models.ts';
import { listModels } from '../store/models.ts';
import type { Database } from '../store/statement.ts';
import { evaluatedSamples } from './evaluated-samples.ts';
import { evaluationPlan } from './system-figures.ts';

export interface ManifestOrder {
  readonly version: string;
  readonly model: ModelRecord;
  readonly dataset: DatasetRecord;
  readonly part: Part;
  readonly options: EvaluationManifest['options'];
  /** Those that were compared, in their order. */
  readonly compared: readonly Pick<DatasetSample, 'path' | 'subject'>[];
}

/** What an evaluation rests on. */
export function evaluationManifest(database: Database, { version, model, dataset, part, options, compared }: ManifestOrder): EvaluationManifest {
  return {
    likeness: version, node: process.versions.node, datasetName: dataset.name, part, dataHash: dataHash(database, { datasetId: dataset.id, part, options }),
    protocolHash: hashOf(compared.map(({ path, subject }) => `${path}\t${subject}`)), model: { id: model.id, name: model.name, weightsHash: model.weightsHash }, options, plan: evaluationPlan,
  };
}

/**
 * The model and the dataset of a manifest, by their hashes.
 *
 * @throws RequestError('no-model', 'not-found') in words, when they are not here.
 */
export function whatManifestNames(database: Database, { model: wanted, datasetName, part, options, dataHash: hash }: EvaluationManifest): { model: ModelRecord; dataset: DatasetRecord } {
  const model = listModels(database).find(({ weightsHash }) => weightsHash === wanted.weightsHash);
  if (model === undefined) throw new RequestError('no-model', `No model here has the weights of ${wanted.name} (${wanted.weightsHash}).`);
  const ready = listDatasets(database).filter(({ state }) => state === 'ready');
  const dataset = ready.find(({ id }) => dataHash(database, { datasetId: id, part, options }) === hash);
  if (dataset !== undefined) return { model, dataset };
  const namesake = ready.some(({ name }) => name === datasetName) ? `There is a dataset ${datasetName}, but its samples, subjects or split are others.` : `Add ${datasetName} with the split it had.`;
  throw new RequestError('not-found', `No dataset here has the ${part} part of this manifest (${hash}). ${namesake}`);
}

/** Of the part that is judged and of the development part, whose thresholds it offers. */
function dataHash(database: Database, { datasetId, part, options }: { datasetId: string; part: Part; options: EvaluationManifest['options'] }): string {
  const parts: Part[] = part === 'validation' ? [part] : [part, 'validation'];
  return hashOf(parts.flatMap((one) => evaluatedSamples(database, { datasetId, part: one, corrected: options.corrected }).samples.map(({ sha256, path, subject }) => `${one}\t${sha256}\t${path}\t${subject}`)));
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
