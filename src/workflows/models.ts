import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EmbedderSource } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { ModelCard } from '../contract/requests/models.ts';
import { emptyWriteAheadLog } from '../store/checkpoint.ts';
import type { ModelRecord } from '../store/models.ts';
import { findModel, listModels, removeModel, renameModel } from '../store/models.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Database } from '../store/statement.ts';
import type { Store } from '../store/store.ts';
import type { TemplateModel } from '../store/templates.ts';
import { startReEmbedding } from './re-embed.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type ModelHandlers = Pick<Handlers, 'models.list' | 'models.use' | 'models.rename' | 'models.remove'>;

export function modelHandlers(workbench: Workbench): ModelHandlers {
  const { database } = workbench.store;
  return {
    'models.list': () => Promise.all(listModels(database).map((model) => modelCard(workbench.store, model))),
    'models.use': async ({ modelId }) => {
      const model = knownModel(database, modelId);
      setModelInUse(workbench, model.id);
      const jobId = await startReEmbedding(workbench);
      return { model: await modelCard(workbench.store, model), jobId };
    },
    'models.rename': ({ modelId, name }) => {
      knownModel(database, modelId);
      renameModel(database, modelId, name);
      announce(workbench, 'models', 'desk');
      return modelCard(workbench.store, knownModel(database, modelId));
    },
    'models.remove': async ({ modelId }) => {
      const model = knownModel(database, modelId);
      if (modelInUse(database)?.id === modelId) {
        throw new RequestError('conflict', `${model.name} is in use. Use another model first, then remove this one.`);
      }
      await workbench.store.gallery.forgetModel(modelId);
      removeModel(database, modelId);
      // Its templates were biometric data: the log must not keep them.
      emptyWriteAheadLog(database);
      await rm(weightsFile(workbench.home, modelId), { force: true });
      announce(workbench, 'models', 'thresholds', 'desk');
      return { removed: true };
    },
  };
}

const inUseKey = 'model-in-use';

export function modelInUse(database: Database): ModelRecord | undefined {
  const id = readSetting(database, inUseKey);
  return typeof id === 'string' ? findModel(database, id) : undefined;
}

/** @throws RequestError('no-model') */
export function requireModel(database: Database): ModelRecord {
  const model = modelInUse(database);
  if (model === undefined) {
    throw new RequestError('no-model', 'No model is in use. Train one, or choose one under Models, then try again.');
  }
  return model;
}

export function setModelInUse(workbench: Workbench, modelId: string): void {
  writeSetting(workbench.store.database, inUseKey, modelId);
  announce(workbench, 'models', 'subjects', 'thresholds', 'desk');
}

/** @throws RequestError('not-found') */
export function knownModel(database: Database, id: string): ModelRecord {
  const model = findModel(database, id);
  if (model === undefined) throw new RequestError('not-found', 'This model is not known (any more). Look at the list of models.');
  return model;
}

export async function modelCard({ database, gallery }: Store, model: ModelRecord): Promise<ModelCard> {
  const { recipe, ...card } = model;
  return {
    ...card,
    source: isPretrained(model) ? 'pretrained' : card.source,
    modality: recipe.modality,
    pipeline: recipe.input.pipeline,
    summary: isPretrained(model) ? `mobilefacenet as fetched, ${model.embeddingSize}-d` : `${recipe.backbone.name}, ${recipe.loss.name}, ${model.embeddingSize}-d`,
    inUse: modelInUse(database)?.id === model.id,
    templates: await gallery.countTemplates(model.id),
  };
}

/** Whether it is the fetched embedder itself: nothing of it was trained here. */
export function isPretrained({ source, recipe: { backbone } }: ModelRecord): boolean {
  return source === 'shipped' && backbone.name === 'pretrained-face';
}

/** Where a model's weights lie; makes the folder. */
export async function placeForWeights(home: string, modelId: string): Promise<string> {
  const file = weightsFile(home, modelId);
  await mkdir(dirname(file), { recursive: true });
  return file;
}

export function weightsFile(home: string, modelId: string): string {
  return join(home, 'models', `${modelId}.safetensors`);
}

export function embedderOf(home: string, model: ModelRecord): EmbedderSource {
  return { kind: 'checkpoint', path: weightsFile(home, model.id), weightsHash: model.weightsHash, recipe: model.recipe };
}

/** The name under which templates of this model are kept, under this protection. */
export function templateModel(model: ModelRecord, { id }: { id: string }): TemplateModel {
  return { modelId: model.id, weightsHash: model.weightsHash, size: model.embeddingSize, protection: id };
}
