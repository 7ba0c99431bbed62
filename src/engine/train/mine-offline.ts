import type { Recipe } from '../../contract/recipe/recipe.ts';
import { RequestError } from '../../contract/request-error.ts';
import { entryOf } from '../../learning/catalogue.ts';
import { cosine } from '../../learning/distances/distance.ts';
import { LossError } from '../../learning/loss-error.ts';
import { createOfflineSearch } from '../../learning/miners/offline.ts';
import type { EmbeddedSet, OfflineOptions, OfflineSearch, Triplets } from '../../learning/miners/offline.ts';
import { withMined } from '../../learning/samplers/mined.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import { embedRows } from '../embed/embed-rows.ts';
import { takeTurns } from '../process/take-turns.ts';
import { embedFixed } from './fixed-features.ts';
import type { Run } from './run.ts';
import type { TrainWork } from './train.ts';

/** What the last mining over the training set found, and before which epoch it was. */
export interface Mined {
  epoch: number;
  triplets: Triplets;
}

const BATCH = 32;

/** Mines over the training set when the epoch that begins is one to do so. False when cancelled meanwhile. */
export async function mineWhenDue(run: Run, work: TrainWork): Promise<boolean> {
  const { offlineMining } = run.request.recipe;
  const epoch = run.state.epochs.length;
  if (!offlineMining || epoch < offlineMining.afterEpochs) return true;
  if ((epoch - offlineMining.afterEpochs) % offlineMining.everyEpochs !== 0) return true;
  const set = await embedTrainingSet(run, work);
  const triplets = set && (await search(run, set, work));
  if (!triplets) return false;
  dealMined(run, { epoch, triplets });
  const kind = offlineMining.triplets === 'both' ? 'hard or semi-hard' : offlineMining.triplets;
  const none = triplets.anchors.length === 0 ? '; the batches are the sampler\'s until the next mining' : '';
  work.report({ type: 'note', message: `Before epoch ${epoch + 1}: ${triplets.anchors.length} ${kind} triplets in ${set.labels.length} training pictures${none}.` });
  return true;
}

/** The batches from now on come from these triplets and the recipe's sampler. */
export function dealMined(run: Run, mined: Mined): void {
  const { recipe } = run.request;
  if (!recipe.offlineMining) return;
  const { share, afterEpochs } = recipe.offlineMining;
  const firstBatch = afterEpochs * run.stepsPerEpoch;
  run.mined = mined;
  run.batches = withMined(run.sampler, { triplets: mined.triplets, share, seed: recipe.seed, firstBatch, minedAt: mined.epoch * run.stepsPerEpoch });
}

/** One view of every picture, as the loss sees it, but not changed at random. */
async function embedTrainingSet({ train, fixed, learner, request: { recipe } }: Run, { signal }: TrainWork): Promise<EmbeddedSet | null> {
  const count = train.samples.length;
  const width = recipe.embeddingSize;
  const embeddings = new Float32Array(count * width);
  const input = { ...recipe.input, mirror: false };
  for (let from = 0; from < count; from += BATCH) {
    await takeTurns();
    if (signal.aborted) return null;
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => from + index);
    const embedded = fixed ? embedFixed(learner.network, fixed.train, { rows, mirror: false }) : embedRows(learner.network, { input }, await train.get(rows));
    embeddings.set(embedded, from * width);
  }
  return { embeddings, width, labels: Int32Array.from(train.samples, ({ label }) => label) };
}

async function search(run: Run, set: EmbeddedSet, { signal }: TrainWork): Promise<Triplets | null> {
  const looking = begin(run, set);
  for (let tile = 0; tile < looking.tiles; tile++) {
    await takeTurns();
    if (signal.aborted) return null;
    looking.look(tile);
  }
  return looking.found();
}

/** @throws RequestError when the network has no finite embedding for a picture. */
function begin({ request: { recipe }, train }: Run, set: EmbeddedSet): OfflineSearch {
  try {
    return createOfflineSearch(set, optionsOf(recipe, recipe.offlineMining!));
  } catch (error) {
    if (!(error instanceof LossError)) throw error;
    const { path } = train.samples[error.row ?? 0]!;
    throw new RequestError('bad-recipe', `Training has diverged: the embedding of ${path} is not finite. Use a learning rate below ${recipe.optimizer.learningRate}, or clip the gradients.`);
  }
}

/** The loss's own measure; losses against proxies compare directions. */
function optionsOf({ loss }: Recipe, recipe: OfflineOptions['recipe']): OfflineOptions {
  const entry = entryOf(loss);
  if (entry.kind === 'proxies') return { recipe, distance: cosine, isUnit: true };
  return { recipe, distance: entry.distance(loss), isUnit: entry.isUnit(loss) };
}

const PARTS = ['anchors', 'positives', 'negatives'] as const;

/** Triplets as tensors of a checkpoint. */
export function storeMined({ triplets }: Mined): Map<string, StoredTensor> {
  return new Map(PARTS.map((part) => [part, { shape: [triplets[part].length], values: triplets[part] }]));
}

export function restoreMined(epoch: number, stored: ReadonlyMap<string, StoredTensor>): Mined {
  const [anchors, positives, negatives] = PARTS.map((part) => stored.get(part)!.values as Int32Array) as [Int32Array, Int32Array, Int32Array];
  return { epoch, triplets: { anchors, positives, negatives } };
}
