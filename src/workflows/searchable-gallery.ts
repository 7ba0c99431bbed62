import { RequestError } from '../contract/request-error.ts';
import type { ModelRecord } from '../store/models.ts';
import { templateModel } from './models.ts';
import { isEngineLoss } from './survive-one-loss.ts';
import type { Workbench } from './workbench.ts';

export interface FoundSubject {
  subjectId: string;
  score: number;
}

export interface SearchableGallery {
  /** The best candidates of all people with a template of the model, and how many people those are. */
  search(model: ModelRecord, probe: Float32Array, limit: number): Promise<{ candidates: FoundSubject[]; searched: number }>;
  /** Takes the gallery out of the engine's memory. */
  unload(): Promise<void>;
}

/** Loading may race with enrolments elsewhere; so many times it is done again. */
const attempts = 5;

/**
 * The gallery in the engine's memory: a row for each person, the mean of the unit templates, so that a dot product with
 * the probe is the mean of the cosines over the references (docs/decisions/0003-mean-over-references.md). Its revision
 * names the model and counts every change by any process, so enrolments and deletions are seen by the next search.
 */
export function searchableGallery({ engine, store: { gallery } }: Workbench): SearchableGallery {
  let loaded = { revision: '', rows: 0 };

  async function load(model: ModelRecord, revision: string): Promise<void> {
    const rows = meansBySubject(await gallery.listTemplates(templateModel(model)), model.embeddingSize);
    loaded = { revision, ...(await engine.call('gallery.load', { revision, size: model.embeddingSize, ...rows })) };
  }

  return {
    search: async (model, probe, limit) => {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const revision = `${model.id} ${model.weightsHash} ${await gallery.revision()}`;
        const found = await engine.call('gallery.search', { revision, probe, limit });
        if (!found.stale) return { candidates: found.candidates, searched: loaded.rows };
        await load(model, revision);
      }
      throw new RequestError('conflict', 'The gallery is being changed faster than it can be searched. Try again in a moment.');
    },
    unload: async () => {
      try {
        await engine.call('gallery.load', { revision: 'unloaded', size: 1, subjectIds: [], vectors: new Float32Array(0) });
      } catch (error) {
        // An engine that has ended has forgotten everything anyway.
        if (!isEngineLoss(error)) throw error;
      }
      loaded = { revision: 'unloaded', rows: 0 };
    },
  };
}

/** Means of the templates of each subject; templates of one subject stand together. [subjects, size]. */
export function meansBySubject(
  templates: readonly { subjectId: string; vector: Float32Array }[],
  size: number,
): { subjectIds: string[]; vectors: Float32Array } {
  const subjectIds = [...new Set(templates.map(({ subjectId }) => subjectId))];
  const sums = new Float64Array(subjectIds.length * size);
  const counts = new Uint32Array(subjectIds.length);
  let row = -1;
  let current: string | null = null;
  for (const { subjectId, vector } of templates) {
    if (subjectId !== current) row++;
    current = subjectId;
    counts[row]!++;
    for (let column = 0; column < size; column++) sums[row * size + column]! += vector[column]!;
  }
  return { subjectIds, vectors: Float32Array.from(sums, (sum, index) => sum / counts[Math.floor(index / size)]!) };
}
