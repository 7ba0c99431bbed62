import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { percentWords } from '../../evaluation/number-words.ts';
import { writeModel } from '../checkpoints/model-file.ts';
import type { Run } from './run.ts';
import type { TrainWork } from './train.ts';
import { validate } from './validate.ts';

/** The epoch of the weights that a run begins with. */
export const START = -1;
const FILE = 'model-start.safetensors';
/** Numbers of the pretrained embedder: a layer of as many begins as one that changes nothing. */
const PRETRAINED_SIZE = 192;

/** Whether the network embeds well before it has learnt anything here. */
export const beginsTrained = ({ backbone, embeddingSize }: Pick<Recipe, 'backbone' | 'embeddingSize'>): boolean =>
  backbone.name === 'pretrained-face' && embeddingSize === PRETRAINED_SIZE;

/** Validates such a network before its first epoch and keeps it as the model, until an epoch is better (`isKept`). */
export async function keepStart(run: Run, { report }: TrainWork): Promise<void> {
  const { request: { recipe, folder }, learner: { network } } = run;
  if (!beginsTrained(recipe) || run.state.start !== undefined || run.state.epochs.length > 0) return;
  const { eer } = await validate(run);
  await mkdir(folder, { recursive: true });
  const weightsHash = await writeModel(join(folder, FILE), network, { recipe, epoch: START, validationEer: eer });
  run.state = { ...run.state, start: { validationEer: eer }, best: { file: FILE, epoch: START, validationEer: eer, weightsHash } };
  const found = eer === null ? 'cannot be validated' : `has a validation EER of ${percentWords(eer)}`;
  report({ type: 'note', message: `As it begins, the network ${found}; it stays the model unless an epoch is better.` });
}
