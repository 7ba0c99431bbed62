import { RequestError } from '../contract/request-error.ts';
import type { Handlers } from '../contract/requests.ts';
import type { SubjectCard } from '../contract/requests/gallery.ts';
import { modelInUse } from './models.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type GalleryHandlers = Pick<
  Handlers,
  'subjects.list' | 'subjects.get' | 'subjects.rename' | 'subjects.delete' | 'samples.delete'
>;

/** The enrolled people: to look at, to rename, to delete. */
export function galleryHandlers(workbench: Workbench, searchable: SearchableGallery): GalleryHandlers {
  const { gallery, database } = workbench.store;
  const modelId = (): string | null => modelInUse(database)?.id ?? null;
  return {
    'subjects.list': (query) => gallery.listSubjects({ ...query, modelId: modelId() }),
    'subjects.get': async ({ subjectId }) => {
      const subject = await knownSubject(workbench, subjectId);
      const samples = await gallery.listSamples(subjectId, modelId());
      return {
        subject,
        ...(await gallery.readConsent(subjectId)),
        samples: samples.map(({ id, fileName, width, height, hasTemplate, quality, finger, createdAt }) => ({
          id, imageId: id, fileName, width, height, hasTemplate, quality, finger, createdAt,
        })),
      };
    },
    'subjects.rename': async ({ subjectId, name }) => {
      await gallery.renameSubject(subjectId, name.normalize('NFC'));
      announce(workbench, 'subjects');
      return await knownSubject(workbench, subjectId);
    },
    'subjects.delete': async ({ subjectId, typedName }) => {
      const subject = await knownSubject(workbench, subjectId);
      if (typedName.normalize('NFC') !== subject.name) {
        throw new RequestError('invalid-input', `To delete ${subject.name}, type the name exactly as it stands here.`);
      }
      const samples = await gallery.listSamples(subjectId, null);
      const deletion = await gallery.deleteSubject(subjectId, Date.now());
      await forget(workbench, searchable, samples.map(({ id }) => id));
      return { ...deletion, exportsElsewhere: countExportsElsewhere(workbench, subjectId) };
    },
    'samples.delete': async ({ sampleId }) => {
      if (!(await gallery.deleteSample(sampleId))) throw new RequestError('not-found', 'This sample is not here (any more).');
      await forget(workbench, searchable, [sampleId]);
      return { removed: true };
    },
  };
}

/** Exports of a person that were made outside of the data folder, by the audit. */
function countExportsElsewhere({ store: { audit } }: Workbench, subjectId: string): number {
  return audit.list({ action: 'export', subjectId, offset: 0, limit: 1_000_000 }).lines.filter(({ details }) => details['elsewhere'] === true).length;
}

/** What was deleted on disk goes from memory too: the screens' small pictures, and the rows of the engine's copy of the gallery. */
async function forget(workbench: Workbench, searchable: SearchableGallery, sampleIds: string[]): Promise<void> {
  for (const id of sampleIds) workbench.renderings.forget(id);
  announce(workbench, 'subjects', 'desk');
  await searchable.refresh();
}

/** @throws RequestError('not-found') */
export async function knownSubject(workbench: Workbench, subjectId: string): Promise<SubjectCard> {
  const model = modelInUse(workbench.store.database);
  const subject = await workbench.store.gallery.findSubject(subjectId, model?.id ?? null);
  if (subject === undefined) throw new RequestError('not-found', 'This person is not enrolled (any more).');
  return subject;
}
