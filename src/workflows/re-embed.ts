import type { ModelRecord } from '../store/models.ts';
import { counted } from './counted.ts';
import type { RunningJob } from './jobs.ts';
import { modelInUse, templateModel } from './models.ts';
import { embedKeptSamples } from './templates/embed-kept-samples.ts';
import { protectionInUse } from './templates/protection-in-use.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

const batchSize = 32;

/** Starts the job that gives every sample a template of the model in use; null when none lacks one. */
export async function startReEmbedding(workbench: Workbench): Promise<string | null> {
  const model = modelInUse(workbench.store.database);
  if (model === undefined) return null;
  const atWork = workbench.jobs.findOpen('re-embed', model.id);
  if (atWork !== undefined) return atWork.id;
  const missing = await workbench.store.gallery.listSamplesWithoutTemplate(templateModel(model, (await workbench.store.gallery.protections.read()).current));
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
    const { current } = await workbench.store.gallery.protections.read();
    const missing = (await workbench.store.gallery.listSamplesWithoutTemplate(templateModel(model, current))).filter((id) => !failed.has(id));
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

/** Returns the samples that gave no template. What was enrolled with a model without a pipeline is judged by the first that has one. */
async function embedSamples(workbench: Workbench, { model, sampleIds }: { model: ModelRecord; sampleIds: string[] }, job: RunningJob): Promise<string[]> {
  const { made, failed } = await embedKeptSamples(workbench, { model, sampleIds }, job);
  const protection = await protectionInUse(workbench);
  for (const { sampleId, vector, quality } of made) {
    await workbench.store.gallery.addTemplate({ ...templateModel(model, protection), sampleId, vector: protection.protect(vector) });
    if (quality !== null) await workbench.store.gallery.noteQuality(sampleId, quality);
  }
  return failed;
}
