import type { Store } from '../store.ts';

/** All that can be known of everybody in a gallery with the model of the sample rows, under whichever protection. */
export async function contentOf({ gallery }: Store): Promise<unknown> {
  const { subjects } = await gallery.listSubjects({ search: '', offset: 0, limit: 1000, modelId: 'model-1' });
  const samples = await Promise.all(subjects.map(({ id }) => gallery.listSamples(id, 'model-1')));
  const pictures = await Promise.all(samples.flat().map(async ({ id }) => [...(await gallery.readSample(id))!.bytes]));
  const { current } = await gallery.protections.open();
  const templates = await gallery.listTemplatesOf({ modelId: 'model-1', weightsHash: 'weights-1', size: 4, protection: current.id }, subjects.map(({ id }) => id));
  return { subjects, samples, pictures, templates, protection: current };
}
