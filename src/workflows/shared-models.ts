import { readFile, stat } from 'node:fs/promises';
import type { ModelRecord } from '../store/models.ts';
import { findModel, insertModel, listModels } from '../store/models.ts';
import type { SharedModel } from '../store/postgres/shared-models.ts';
import { listSharedModelIds, readSharedModel, shareModel } from '../store/postgres/shared-models.ts';
import { modelInUse, placeForWeights, setModelInUse, weightsFile } from './models.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';
import { writeWholeFile } from './write-whole-file.ts';

/**
 * What several stations of one gallery need in common besides it: the models, since templates are bound to them. A station gets those that
 * it lacks, and gives the one it uses. One without a model in use takes the server's first.
 */
export async function takeOverSharedModels(workbench: Workbench): Promise<void> {
  const { database, server } = workbench.store;
  if (server === null) return;
  const shared = await listSharedModelIds(server);
  for (const id of shared) {
    if (findModel(database, id) !== undefined) continue;
    const model = await readSharedModel(server, id);
    if (model === undefined) continue;
    await writeWholeFile(await placeForWeights(workbench.home, id), model.weights);
    insertModel(database, model.record);
    announce(workbench, 'models', 'desk');
  }
  const inUse = modelInUse(database);
  if (inUse === undefined && shared.length > 0) setModelInUse(workbench, shared[0]!);
  if (inUse !== undefined && !shared.includes(inUse.id)) await server.transaction(async (transaction) => shareModel(transaction, await readModel(workbench, inUse)));
}

/** Every model of the station with its weights; one whose file is gone is of no use to anybody. */
export async function readModels(workbench: Workbench): Promise<SharedModel[]> {
  const models = listModels(workbench.store.database);
  const present = await Promise.all(models.map((model) => stat(weightsFile(workbench.home, model.id)).then(() => true, () => false)));
  return Promise.all(models.filter((_, index) => present[index]).map((model) => readModel(workbench, model)));
}

async function readModel({ home }: Workbench, record: ModelRecord): Promise<SharedModel> {
  return { record, weights: await readFile(weightsFile(home, record.id)) };
}
