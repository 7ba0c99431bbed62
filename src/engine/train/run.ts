import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { TrainRequest } from '../../contract/engine-port.ts';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { RequestError } from '../../contract/request-error.ts';
import { createNetwork } from '../../learning/network.ts';
import type { GraphBackbone } from '../../learning/backbones/graph-model.ts';
import type { TextSimilarity } from '../../learning/regularizers/language-guidance.ts';
import type { BatchSampler } from '../../learning/samplers/batch-sampler.ts';
import { createSampler } from '../../learning/samplers/samplers.ts';
import type { Learner } from '../../learning/step.ts';
import { kernelsOfBackend } from '../kernels/kernels-of-backend.ts';
import type { FixedFeatures } from './fixed-features.ts';
import { createRunLoss } from './run-loss.ts';
import type { RunLoss } from './run-loss.ts';
import type { Mined } from './mine-offline.ts';
import type { Pictures } from './pictures.ts';
import type { RunState } from './run-checkpoint.ts';
import { watchCollapse } from './watch-collapse.ts';

/** A run under way: what learns, from what, and where it stands. */
export interface Run {
  request: TrainRequest;
  train: Pictures;
  validation: Pictures;
  /** Where the backbone never learns and pictures stay as they are. */
  fixed: { train: FixedFeatures; validation: FixedFeatures } | null;
  sampler: BatchSampler;
  /** What the steps take: the sampler's batches, or those and mined ones. */
  batches: BatchSampler;
  /** What offline mining found last. */
  mined: Mined | null;
  stepsPerEpoch: number;
  learner: Learner;
  loss: RunLoss;
  state: RunState;
  /** Looks at every step's mean cosine; gives the alarm when the embedding has collapsed. */
  watch: (meanCosine: number | null) => string | null;
}

export interface RunMaterial {
  train: Pictures;
  validation: Pictures;
  textSimilarity: TextSimilarity | null;
  /** The opened graph model, where the recipe's backbone is one. */
  graph: GraphBackbone | null;
}

/** A run at its very beginning. @throws RequestError('bad-dataset' | 'bad-recipe') */
export function beginRun(request: TrainRequest, { train, validation, textSimilarity, graph }: RunMaterial): Run {
  const { recipe, classNames } = request;
  const { kernels, optimizers } = kernelsOfBackend();
  const sampler = samplerOf(request, train);
  const network = createNetwork(recipe, kernels, graph);
  const loss = createRunLoss(recipe, { classes: classNames.length, textSimilarity });
  const learner: Learner = { recipe, network, lossVariables: loss.variables, optimizer: optimizers(recipe.optimizer) };
  const state: RunState = { fingerprint: fingerprintOf(request), epochs: [], best: null, optimizerSteps: {}, minedBefore: null, stopped: false };
  const stepsPerEpoch = recipe.batchesPerEpoch ?? sampler.batchesPerEpoch;
  return { request, train, validation, fixed: null, sampler, batches: sampler, mined: null, stepsPerEpoch, learner, loss, state, watch: watchCollapse() };
}

function samplerOf({ recipe, classNames }: TrainRequest, train: Pictures): BatchSampler {
  const labels = train.samples.map(({ label }) => label);
  const wrong = labels.find((label) => !Number.isInteger(label) || label < 0 || label >= classNames.length);
  if (wrong !== undefined) throw new RequestError('bad-dataset', `A training sample has the label ${wrong}, but there are ${classNames.length} classes.`);
  if (new Set(labels).size < 2) {
    throw new RequestError('too-little-data', 'Training needs readable pictures of at least two subjects. Add subjects to the training part.');
  }
  const datasets = train.samples.map(({ dataset = 0 }) => dataset);
  const metadata = train.samples.map((sample) => sample.metadata);
  try {
    return createSampler(recipe.sampler, { labels, datasets, mixing: recipe.mixing, metadata, seed: recipe.seed });
  } catch (error) {
    throw new RequestError('bad-recipe', (error as Error).message);
  }
}

/** What must not change between a checkpoint and its resumption. Folders may: a dataset can be moved. */
function fingerprintOf({ recipe, train, validation, classNames }: TrainRequest): string {
  const names = (samples: TrainRequest['train']): string[] => samples.map(({ path, label, dataset = 0 }) => `${label} ${basename(path)}${dataset > 0 ? ` of ${dataset}` : ''}`);
  const content = JSON.stringify([asOfOld(recipe), names(train), names(validation), classNames]);
  return createHash('sha256').update(content).digest('hex');
}

/** Without what recipes did not have when older checkpoints were written, where it changes nothing. */
function asOfOld({ input: { pipeline, ...input }, ...recipe }: Recipe): object {
  return { ...recipe, input: pipeline === 'none' ? input : { ...input, pipeline } };
}

/** Frees the tensors of a run. */
export function endRun({ learner, loss }: Run): void {
  learner.network.parameters.dispose();
  learner.optimizer.dispose();
  loss.dispose();
}
