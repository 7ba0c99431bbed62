import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainOutcome, TrainProgress, TrainRequest } from '../../contract/engine-port.ts';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import type { Recipe, RecipeInput } from '../../contract/recipe/recipe.ts';
import type { RunEpoch, RunStep } from '../../contract/requests/runs.ts';
import { decodeSafetensors } from '../checkpoints/safetensors.ts';
import { train } from '../train/train.ts';

/** A recipe that trains in seconds: 32 x 32 pixels and a quarter of the channels. */
export const tinyRecipe = (changes: Partial<RecipeInput> = {}): Recipe =>
  recipeSchema.parse({
    input: { width: 32, height: 32 },
    backbone: { name: 'small', width: 0.25 },
    embeddingSize: 16,
    loss: { name: 'multi-similarity' },
    sampler: { name: 'm-per-class', classesPerBatch: 4, samplesPerClass: 3 },
    epochs: 4,
    batchesPerEpoch: 3,
    ...changes,
  });

export interface Told {
  outcome: TrainOutcome;
  steps: RunStep[];
  epochs: RunEpoch[];
  notes: string[];
  costliest: Extract<TrainProgress, { type: 'costliest' }>[];
}

/** Trains in this process; `stopAt` cancels at the first progress it is true for. */
export async function trainHere(request: TrainRequest, stopAt: (progress: TrainProgress) => boolean = () => false): Promise<Told> {
  const controller = new AbortController();
  const told: Omit<Told, 'outcome'> = { steps: [], epochs: [], notes: [], costliest: [] };
  const report = (progress: TrainProgress): void => {
    if (progress.type === 'step') told.steps.push(progress.step);
    if (progress.type === 'epoch') told.epochs.push(progress.epoch);
    if (progress.type === 'note') told.notes.push(progress.message);
    if (progress.type === 'costliest') told.costliest.push(progress);
    if (stopAt(progress)) controller.abort();
  };
  const outcome = await train(request, { report, signal: controller.signal });
  return { outcome, ...told };
}

/** All that the newest checkpoint holds: weights, statistics, optimiser slots, proxies, memory, mined triplets. */
export async function newestTensors(folder: string): Promise<Map<string, number[]>> {
  const name = (await readdir(folder)).filter((file) => /^checkpoint.*safetensors$/.test(file)).sort().at(-1)!;
  const { tensors } = decodeSafetensors(await readFile(join(folder, name)));
  return new Map([...tensors].map(([key, { values }]) => [key, [...values]]));
}
