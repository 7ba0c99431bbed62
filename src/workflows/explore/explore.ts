import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { ExploredSample, Projection } from '../../contract/requests/explore.ts';
import { nearestSamples, nearestTemplates } from '../../evaluation/all-pairs.ts';
import type { TemplateSet } from '../../evaluation/template-set.ts';
import type { DatasetSample } from '../../store/dataset-samples.ts';
import { listDatasetSamples } from '../../store/dataset-samples.ts';
import { findEvaluationMap, findEvaluationTemplates, insertEvaluationMap } from '../../store/evaluation-maps.ts';
import { numbered } from '../embed-dataset.ts';
import { knownEvaluation } from '../known-evaluation.ts';
import { runInThread, unwatched } from '../run-in-thread.ts';
import { qualityColumn } from '../sample-qualities.ts';
import type { Workbench } from '../workbench.ts';
import { announce } from '../workbench.ts';
import { chosenPairs } from './chosen-pairs.ts';
import { comparisonsReader } from './comparisons.ts';
import { mapNeighbours } from './map-neighbours.ts';

type ExploreHandlers = Pick<
  Handlers,
  'explore.samples' | 'explore.pairs' | 'explore.neighbours' | 'explore.zoo' | 'explore.slices' | 'explore.discard' | 'explore.map' | 'explore.draw-map'
>;

/** Looking into an evaluation: its pairs, people, groups and templates. */
export function exploreHandlers(workbench: Workbench): ExploreHandlers {
  const { database } = workbench.store;
  const comparisonsOf = comparisonsReader(database);
  return {
    'explore.samples': ({ evaluationId }) => exploredSamples(workbench, evaluationId),
    'explore.pairs': ({ evaluationId, ...choice }) => {
      return chosenPairs(comparisonsOf(evaluationId).compared, choice);
    },
    'explore.neighbours': ({ evaluationId, sample, limit }) => {
      const { samples } = knownEvaluation(database, evaluationId);
      if (sample >= samples.length) throw new RequestError('not-found', `This evaluation has ${samples.length} samples; there is no sample ${sample + 1}.`);
      const templates = findEvaluationTemplates(database, workbench.store.vault.keys(), evaluationId);
      if (templates === undefined) {
        const { compared } = comparisonsOf(evaluationId);
        return compared.kind === 'all' ? nearestSamples(compared.allPairs, sample, limit) : [];
      }
      // One row of comparisons is quickly made again; to read those of all pairs for it would take gigabytes where samples are many.
      return nearestTemplates({ embeddings: templates.vectors, dimension: templates.size, subjects: new Int32Array(samples.length) }, sample, limit);
    },
    'explore.zoo': ({ evaluationId }) => {
      const { compared, names } = comparisonsOf(evaluationId);
      return runInThread('zoo', { compared, names }, unwatched());
    },
    'explore.slices': ({ evaluationId, column, ...plan }) => {
      const values = valuesOf(workbench, evaluationId, column);
      return runInThread('slices', { compared: comparisonsOf(evaluationId).compared, column, values, ...plan }, unwatched());
    },
    'explore.discard': ({ evaluationId, column, threshold }) => {
      const values = valuesOf(workbench, evaluationId, column);
      return runInThread('discard', { compared: comparisonsOf(evaluationId).compared, column, values, threshold }, unwatched());
    },
    'explore.map': ({ evaluationId, projection }) => {
      knownEvaluation(database, evaluationId);
      const map = findEvaluationMap(database, { evaluationId, projection });
      return { points: map ? [...map.points] : null, explained: map?.explained ?? null };
    },
    'explore.draw-map': ({ evaluationId, projection }) => ({ jobId: startMap(workbench, { evaluationId, projection }) }),
  };
}

/** A column of the evaluation's samples. @throws RequestError not-found */
function valuesOf(workbench: Workbench, evaluationId: string, column: string): string[] {
  const { columns, samples } = exploredSamples(workbench, evaluationId);
  const at = columns.indexOf(column);
  if (at < 0) throw new RequestError('not-found', `The samples of this evaluation have no column ${column}; they have ${columns.join(', ') || 'none'}.`);
  return samples.map((sample) => sample.values[at] ?? '');
}

function exploredSamples({ store: { database } }: Workbench, evaluationId: string): { columns: string[]; samples: ExploredSample[] } {
  const { report, samples } = knownEvaluation(database, evaluationId);
  const here = new Map(listDatasetSamples(database, report.datasetId).map((sample): [string, DatasetSample] => [sample.path, sample]));
  const ofDataset = [...new Set(samples.flatMap(({ path }) => Object.keys(here.get(path)?.metadata ?? {})))];
  const isJudged = samples.some(({ quality }) => quality !== undefined);
  return {
    columns: isJudged ? [...ofDataset, qualityColumn] : ofDataset,
    samples: samples.map(({ path, subject, quality }) => {
      const sample = here.get(path);
      const values = ofDataset.map((column) => sample?.metadata[column] ?? '');
      return { imageId: sample?.id ?? null, path, subject, values: isJudged ? [...values, String(quality ?? '')] : values };
    }),
  };
}

/** Starts the job that draws a map, or finds the one that is drawing it. */
function startMap(workbench: Workbench, place: { evaluationId: string; projection: Projection }): string {
  const { evaluationId, projection } = place;
  const { database } = workbench.store;
  const { report, samples } = knownEvaluation(database, evaluationId);
  const templates = findEvaluationTemplates(database, workbench.store.vault.keys(), evaluationId);
  if (templates === undefined) {
    throw new RequestError('not-found', 'This evaluation was made before templates were kept, so there is nothing to map. Run it again.');
  }
  const title = `Map of ${report.modelName} on ${report.datasetName} (${projection === 'pca' ? 'principal components' : 'UMAP'})`;
  const drawing = workbench.jobs.list().find((job) => job.kind === 'map' && job.subjectId === evaluationId && job.title === title && job.endedAt === null);
  if (drawing !== undefined) return drawing.id;
  const set: TemplateSet = { embeddings: templates.vectors, dimension: templates.size, subjects: numbered(samples).subjects };
  if (projection === 'umap' && samples.length <= mapNeighbours) {
    throw new RequestError('invalid-input', `UMAP looks at ${mapNeighbours} neighbours of each sample; there are only ${samples.length} samples. Look at the principal components.`);
  }
  const job = workbench.jobs.start({
    kind: 'map', title, subjectId: evaluationId, unit: 'epochs', isBatch: false,
    work: async (running) => {
      const nearest = projection === 'pca' ? null : await workbench.engine.call('pairs.nearest', { templates: set, count: mapNeighbours }, {
        signal: running.signal, onProgress: (progress) => running.progress({ ...progress, unit: 'pairs', message: 'Finding neighbours.' }),
      });
      running.progress({ message: projection === 'pca' ? 'Finding the axes of greatest variance.' : 'Weighing the neighbourhoods.' });
      const map = await runInThread('map', { templates: set, nearest }, {
        signal: running.signal,
        onProgress: (progress) => running.progress({ ...progress, unit: 'epochs', message: 'Laying the neighbourhoods flat.' }),
      });
      insertEvaluationMap(database, place, map);
      announce(workbench, 'evaluations');
      return `The map of ${samples.length} samples is drawn.`;
    },
  });
  return job.id;
}
