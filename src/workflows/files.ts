import type { Handlers } from '../contract/requests.ts';
import { knownModel, requireModel } from './models.ts';
import { refuseExisting } from './refuse-existing.ts';
import type { Workbench } from './workbench.ts';
import { writeEmbeddings } from './write-embeddings.ts';
import { writeSyntheticFingers } from './write-synthetic-fingers.ts';

/** Work from file to file, for scripts. */
export function fileHandlers(workbench: Workbench): Pick<Handlers, 'embeddings.write' | 'fingers.synthesize' | 'losses.compute'> {
  const { database } = workbench.store;
  return {
    'embeddings.write': ({ modelId, ...order }) => {
      const model = modelId === null ? requireModel(database) : knownModel(database, modelId);
      refuseExisting(order.file);
      const job = workbench.jobs.start({
        kind: 'embed', title: `Embed with ${model.name}`, subjectId: model.id, unit: 'images', isBatch: true,
        work: (running) => writeEmbeddings(workbench, { model, ...order }, running),
      });
      return { jobId: job.id };
    },
    'fingers.synthesize': (order) => {
      refuseExisting(order.folder);
      const job = workbench.jobs.start({
        kind: 'dataset', title: `Draw fingers of ${order.subjects} synthetic subjects`, subjectId: null, unit: 'subjects', isBatch: true,
        work: (running) => writeSyntheticFingers(workbench, order, running),
      });
      return { jobId: job.id };
    },
    'losses.compute': (file) => workbench.engine.call('loss.compute', file, { lane: 'batch' }),
  };
}
