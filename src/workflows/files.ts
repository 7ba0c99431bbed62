import { stat } from 'node:fs/promises';
import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import { knownModel, requireModel } from './models.ts';
import type { Workbench } from './workbench.ts';
import { writeEmbeddings } from './write-embeddings.ts';
import { writeSyntheticFingers } from './write-synthetic-fingers.ts';

/** Work from file to file, for scripts. */
export function fileHandlers(workbench: Workbench): Pick<Handlers, 'embeddings.write' | 'fingers.synthesize' | 'losses.compute'> {
  const { database } = workbench.store;
  return {
    'embeddings.write': async ({ modelId, paths, file, format }) => {
      const model = modelId === null ? requireModel(database) : knownModel(database, modelId);
      if ((await stat(file).catch(() => null)) !== null) {
        throw new RequestError('conflict', `${file} exists already. Choose another name, or move it away.`);
      }
      const job = workbench.jobs.start({
        kind: 'embed', title: `Embed with ${model.name}`, subjectId: model.id, unit: 'images', isBatch: true,
        work: (running) => writeEmbeddings(workbench, { model, paths, file, format }, running),
      });
      return { jobId: job.id };
    },
    'fingers.synthesize': async (order) => {
      if ((await stat(order.folder).catch(() => null)) !== null) {
        throw new RequestError('conflict', `${order.folder} exists already. Choose another name, or move it away.`);
      }
      const job = workbench.jobs.start({
        kind: 'dataset', title: `Draw fingers of ${order.subjects} synthetic subjects`, subjectId: null, unit: 'subjects', isBatch: true,
        work: (running) => writeSyntheticFingers(workbench, order, running),
      });
      return { jobId: job.id };
    },
    'losses.compute': (file) => workbench.engine.call('loss.compute', file, { lane: 'batch' }),
  };
}
