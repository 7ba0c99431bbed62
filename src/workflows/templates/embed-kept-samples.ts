import type { SampleQuality } from '../../contract/requests/inspections.ts';
import type { ModelRecord } from '../../store/models.ts';
import { embedPictures } from '../embed-pictures.ts';
import type { RunningJob } from '../jobs.ts';
import { embedderOf } from '../models.ts';
import { surviveOneLoss } from '../survive-one-loss.ts';
import type { Workbench } from '../workbench.ts';

export interface KeptSamples {
  /** As the model gives them. */
  made: { sampleId: string; vector: Float32Array; /** Null where no pipeline judges. */ quality: SampleQuality | null }[];
  /** Those that gave no template; the job's log says why. */
  failed: string[];
}

/** Templates of samples that the gallery keeps: nobody has to come again. */
export async function embedKeptSamples(workbench: Workbench, { model, sampleIds }: { model: ModelRecord; sampleIds: readonly string[] }, job: RunningJob): Promise<KeptSamples> {
  const { gallery } = workbench.store;
  const read = await Promise.all(sampleIds.map(async (id) => ({ id, sample: await gallery.readSample(id) })));
  const present = read.flatMap(({ id, sample }) => (sample === undefined ? [] : [{ id, ...sample }]));
  const kept: KeptSamples = { made: [], failed: read.filter(({ sample }) => sample === undefined).map(({ id }) => id) };
  if (present.length === 0) return kept;
  const images = present.map(({ bytes, fileName }) => ({ kind: 'bytes' as const, bytes, name: fileName }));
  // They were enrolled under the policy of their day: another pipeline takes the largest of what it sees.
  const outcomes = await surviveOneLoss(job, () =>
    embedPictures(workbench, { embedder: embedderOf(workbench.home, model), images, several: 'largest' }, { lane: 'batch', signal: job.signal }),
  );
  for (const [index, { id }] of present.entries()) {
    const outcome = outcomes[index]!;
    if ('vector' in outcome) {
      kept.made.push({ sampleId: id, vector: outcome.vector, quality: outcome.quality });
      if (outcome.seen > 1) job.log(`${id}: of ${outcome.seen} that were found in the picture the largest was taken`);
    } else {
      job.log(`${id}: ${outcome.reason}`);
      kept.failed.push(id);
    }
  }
  return kept;
}
