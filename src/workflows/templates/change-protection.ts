import { setImmediate } from 'node:timers/promises';
import { transformWords } from '../../contract/transform-words.ts';
import type { ModelRecord } from '../../store/models.ts';
import type { NeededTemplates } from '../../store/sealed-gallery/protection-rows.ts';
import { planGone } from '../../store/sealed-gallery/plan-gone.ts';
import type { OpenedProtection, TemplateProtection } from '../../store/sealed-gallery/template-protections.ts';
import type { Template } from '../../store/templates.ts';
import { counted } from '../counted.ts';
import { isClosing } from '../job-ending.ts';
import type { RunningJob } from '../jobs.ts';
import { modelInUse } from '../models.ts';
import { startReEmbedding } from '../re-embed.ts';
import type { Workbench } from '../workbench.ts';
import { announce } from '../workbench.ts';
import { embedKeptSamples } from './embed-kept-samples.ts';
import type { ChangeSides } from './gallery-protection.ts';
import { atWork } from './protection-in-use.ts';

/** Templates of so many people are made before others get their turn. */
const peopleAtOnce = 16;

/**
 * Makes every template of the gallery under the planned protection, beside the old ones; then they take their place in one transaction, and the
 * old key is gone. Until then everything is compared as before. Interrupted, it is gone on with; cancelled, nothing of it is left.
 */
export async function changeProtection(sides: ChangeSides, planned: TemplateProtection, job: RunningJob): Promise<string> {
  const { workbench, searchable } = sides;
  const { protections } = workbench.store.gallery;
  try {
    const { current, next } = await protections.open();
    if (next?.id !== planned.id) throw planGone();
    const way = wayFrom(workbench, current);
    const failed = new Set<string>();
    // People enrolled while this goes on need a template too: look again until none is missing.
    for (;;) {
      await stageEverybody(workbench, { way, next, failed }, job);
      const outcome = await protections.adopt({ id: next.id, needed: way.needed, without: [...failed] });
      if (outcome === null) throw planGone();
      if (outcome.missing === 0) break;
    }
    // The engine still holds the old ones.
    await searchable.unload();
    const { subjects } = await workbench.store.gallery.count();
    workbench.store.audit.append({ action: 'templates.protected', details: { transform: next.transform, people: subjects, withoutTemplate: failed.size } });
    announce(workbench, 'subjects', 'models', 'thresholds', 'desk');
    // Other models' templates could not be taken along where the old transform cannot be undone.
    await startReEmbedding(workbench);
    const without = failed.size === 0 ? '' : ` ${counted(failed.size, 'sample')} gave no template any more and cannot be matched; the log says which.`;
    return `The templates of ${counted(subjects, 'person', 'people')} are under ${transformWords[next.transform]}${next.transform === 'none' ? '' : ' with a new key'}; the old ${current.transform === 'none' ? 'ones' : 'key and templates'} were destroyed.${without}`;
  } catch (error) {
    if (job.signal.aborted && !isClosing(job.signal)) {
      await protections.drop();
      announce(workbench, 'desk');
    }
    throw error;
  }
}

/** How the new templates are made: from the old ones where their transform can be undone, else from the samples. */
type Way = { from: 'templates'; needed: NeededTemplates; undo: (vector: Float32Array) => Float32Array } | { from: 'samples'; needed: NeededTemplates; model: ModelRecord | null };

function wayFrom({ store: { database }, transforms }: Workbench, current: OpenedProtection): Way {
  if (current.transform === 'none') return { from: 'templates', needed: 'all', undo: (vector) => vector };
  // A rotation is undone exactly, but for the rounding of float32.
  if (current.transform === 'random-orthogonal') return { from: 'templates', needed: 'all', undo: (vector) => Float32Array.from(transforms.of(current, vector.length)!.estimate(vector)) };
  const model = modelInUse(database) ?? null;
  return { from: 'samples', needed: { modelId: model?.id ?? '' }, model };
}

interface Staging {
  way: Way;
  next: OpenedProtection;
  failed: Set<string>;
}

async function stageEverybody(workbench: Workbench, staging: Staging, job: RunningJob): Promise<void> {
  const { gallery } = workbench.store;
  const total = (await gallery.count()).subjects;
  for (let [after, done] = ['', 0]; ;) {
    job.signal.throwIfAborted();
    const ids = await gallery.listSubjectIds(after, peopleAtOnce);
    if (ids.length === 0) return;
    const old = (await gallery.protections.listUnstaged(staging.way.needed, ids)).filter(({ sampleId }) => !staging.failed.has(sampleId));
    if (old.length > 0) await gallery.protections.stage(await madeAnew(workbench, { ...staging, old }, job));
    job.progress({ done: (done += ids.length), total: Math.max(total, done) });
    after = ids.at(-1)!;
    await setImmediate();
  }
}

async function madeAnew(workbench: Workbench, { way, next, failed, old }: Staging & { old: readonly Template[] }, job: RunningJob): Promise<Template[]> {
  const { id, protect } = atWork(workbench, next);
  if (way.from === 'templates') return old.map((template) => ({ ...template, protection: id, vector: protect(way.undo(template.vector)) }));
  if (way.model === null) return [];
  const kept = await embedKeptSamples(workbench, { model: way.model, sampleIds: old.map(({ sampleId }) => sampleId) }, job);
  for (const sampleId of kept.failed) failed.add(sampleId);
  const { modelId, weightsHash, size } = old[0]!;
  return kept.made.map(({ sampleId, vector }) => ({ sampleId, modelId, weightsHash, size, protection: id, vector: protect(vector) }));
}
