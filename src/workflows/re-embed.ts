import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import { embedPictures } from './embed-pictures.ts';
import type { RunningJob } from './jobs.ts';
import { embedderOf, modelInUse, templateModel } from './models.ts';
import { surviveOneLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const batchSize = 32;

/** Starts the job that gives every sample a template of the model in use; null when none lacks one. */
export async function startReEmbedding(workbench: Workbench): Promise<string | null> {
  const model = modelInUse(workbench.store.database);
  if (model === undefined) return null;
  const atWork = workbench.jobs.findOpen('re-embed', model.id);
  if (atWork !== undefined) return atWork.id;
  const missing = await workbench.store.gallery.listSamplesWithoutTemplate(templateModel(model));
  if (missing.length === 0) return null;
  const job = workbench.jobs.start({
    kind: 're-embed', title: `Templates of ${model.name}`, subjectId: model.id, unit: 'samples', isBatch: true,
    work: (running) => makeTemplates(workbench, model, running),
  });
  return job.id;
}

/** Whoever was enrolled with one model while another was put to use needs templates of the other. */
export async function catchUpTemplates(workbench: Workbench, enrolledWith: ModelRecord): Promise<void> {
  if (modelInUse(workbench.store.database)?.id !== enrolledWith.id) await startReEmbedding(workbench);
}

/** Gives every sample that lacks one a template of the model. Returns the closing sentence. */
export async function makeTemplates(workbench: Workbench, model: ModelRecord, job: RunningJob): Promise<string> {
  const failed = new Set<string>();
  let done = 0;
  // Samples enrolled while this goes on may lack a template too: look again until none is left.
  for (;;) {
    const missing = (await workbench.store.gallery.listSamplesWithoutTemplate(templateModel(model))).filter((id) => !failed.has(id));
    if (missing.length === 0) break;
    const total = done + missing.length;
    for (let start = 0; start < missing.length; start += batchSize) {
      const batch = missing.slice(start, start + batchSize);
      for (const id of await embedSamples(workbench, { model, sampleIds: batch }, job)) failed.add(id);
      job.progress({ done: (done += batch.length), total });
      announce(workbench, 'subjects');
    }
  }
  const without = failed.size === 0 ? '' : ` ${failed.size} could not be embedded and cannot be matched; the log says which.`;
  return `Templates of ${model.name} made: ${counted(done - failed.size, 'sample')}.${without}`;
}

/** Returns the samples that gave no template. */
async function embedSamples(
  workbench: Workbench,
  { model, sampleIds }: { model: ModelRecord; sampleIds: string[] },
  job: RunningJob,
): Promise<string[]> {
  const { gallery } = workbench.store;
  const read = await Promise.all(sampleIds.map(async (id) => ({ id, sample: await gallery.readSample(id) })));
  const present = read.flatMap(({ id, sample }) => (sample === undefined ? [] : [{ id, ...sample }]));
  if (present.length === 0) return sampleIds;
  const images = present.map(({ bytes, fileName }) => ({ kind: 'bytes' as const, bytes, name: fileName }));
  // They were enrolled under the policy of their day: another pipeline takes the largest of what it sees.
  const outcomes = await surviveOneLoss(job, () =>
    embedPictures(workbench, { embedder: embedderOf(workbench.home, model), images, several: 'largest' }, { lane: 'batch', signal: job.signal }),
  );
  const failed = sampleIds.filter((id) => !present.some((sample) => sample.id === id));
  for (const [index, { id }] of present.entries()) {
    const outcome = outcomes[index]!;
    if ('vector' in outcome) {
      await gallery.addTemplate({ ...templateModel(model), sampleId: id, vector: outcome.vector });
      if (outcome.seen > 1) job.log(`${id}: of ${outcome.seen} that were found in the picture the largest was taken`);
    } else {
      job.log(`${id}: ${outcome.reason}`);
      failed.push(id);
    }
  }
  return failed;
}
