import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ModelRecord } from '../store/models.ts';
import { findShippedModel, insertModel, insertModelTrainingSample } from '../store/models.ts';
import { transaction } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import { modelCard, placeForWeights } from './models.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

/** A model that ships, as the file beside its weights says. */
export const shippedModel = z.object({
  name: z.string(),
  licence: z.string(),
  recipe: recipeSchema,
  epoch: z.number().int(),
  validationEer: z.number().nullable(),
  weightsHash: z.string(),
  trainedOn: z.string(),
  /** The pictures it learned from, so that an evaluation on them is recognised. */
  trainingSamples: z.array(z.object({ subject: z.string(), pixelHash: z.string() })),
});
export type ShippedModel = z.infer<typeof shippedModel>;

export function shippedModelHandlers(workbench: Workbench): Pick<Handlers, 'models.add'> {
  return {
    'models.add': async () => {
      const model = await addFingerModel(workbench);
      announce(workbench, 'models', 'desk');
      return modelCard(workbench.store, model);
    },
  };
}

/** The finger model of resources/fingers, which bench/finger-model.ts trained. @throws RequestError('not-found') where it does not ship. */
async function addFingerModel(workbench: Workbench): Promise<ModelRecord> {
  const folder = join(workbench.resources, 'fingers');
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(() => null);
  if (text === null) throw new RequestError('not-found', `This installation ships without the finger model: there is no model.json in ${folder}.`);
  return placeShippedModel(workbench, { model: shippedModel.parse(JSON.parse(text)), weights: join(folder, 'ridge-flow.safetensors') });
}

/** The model as this desk has it; its weights are copied again, in case they were lost. */
export async function placeShippedModel({ home, store: { database } }: Workbench, { model, weights }: { model: ShippedModel; weights: string }): Promise<ModelRecord> {
  const known = findShippedModel(database, model.weightsHash);
  const { recipe, trainingSamples, ...described } = model;
  const record: ModelRecord = known ?? {
    ...described, id: newIdentifier('model'), source: 'shipped', runId: null, recipe, embeddingSize: recipe.embeddingSize, createdAt: Date.now(),
  };
  await copyFile(weights, await placeForWeights(home, record.id));
  if (known !== undefined) return known;
  transaction(database, () => {
    insertModel(database, record);
    for (const sample of trainingSamples) insertModelTrainingSample(database, { modelId: record.id, ...sample });
  });
  return record;
}
