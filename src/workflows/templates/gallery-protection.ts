import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { GalleryTransform, TemplateProtectionState } from '../../contract/requests/cancelable.ts';
import { transformWords } from '../../contract/transform-words.ts';
import type { Store } from '../../store/store.ts';
import type { SearchableGallery } from '../searchable-gallery.ts';
import type { Workbench } from '../workbench.ts';
import { announce } from '../workbench.ts';
import { changeProtection } from './change-protection.ts';

/** Answered while the store is locked too: the key is sealed, the name of the transform is not. */
export async function templateProtectionOf({ gallery }: Store): Promise<TemplateProtectionState> {
  const { current, next } = await gallery.protections.read();
  return { transform: current.transform, since: current.transform === 'none' ? null : current.createdAt, changingTo: next?.transform ?? null };
}

export function galleryProtectionHandlers(workbench: Workbench, searchable: SearchableGallery): Pick<Handlers, 'cancelable.protect' | 'cancelable.reissue'> {
  const sides = { workbench, searchable };
  return {
    'cancelable.protect': async ({ transform }) => {
      const { current, next } = await workbench.store.gallery.protections.read();
      if (next === null && current.transform === transform) throw alreadySo(transform);
      return startChange(sides, transform);
    },
    'cancelable.reissue': async () => {
      const { current } = await workbench.store.gallery.protections.read();
      if (current.transform === 'none') throw new RequestError('conflict', 'The templates of this gallery are under no transform, so there is no key to revoke. Choose one first, in Settings or by likeness protect --transform NAME');
      return startChange(sides, current.transform);
    },
  };
}

/** Goes on with a change that was interrupted; by itself where there is a window to see it. */
export async function resumeChange(workbench: Workbench, searchable: SearchableGallery): Promise<void> {
  const { next } = await workbench.store.gallery.protections.read();
  if (next !== null) await startChange({ workbench, searchable }, next.transform);
}

export interface ChangeSides {
  workbench: Workbench;
  searchable: SearchableGallery;
}

async function startChange(sides: ChangeSides, transform: GalleryTransform): Promise<{ jobId: string }> {
  const { jobs, store } = sides.workbench;
  const planned = await store.gallery.protections.plan(transform);
  if (planned.transform !== transform) {
    throw new RequestError('conflict', `The templates are being put under ${transformWords[planned.transform]}. Let that end, go on with it (in Settings, or likeness protect --transform ${planned.transform}), or cancel its job.`);
  }
  const atWork = jobs.findOpen('protect-templates');
  if (atWork !== undefined) return { jobId: atWork.id };
  const job = jobs.start({
    kind: 'protect-templates', title: `Templates under ${transformWords[transform]}${transform === 'none' ? '' : ', with a new key'}`,
    subjectId: null, unit: 'people', isBatch: true,
    work: (running) => changeProtection(sides, planned, running),
  });
  announce(sides.workbench, 'desk');
  return { jobId: job.id };
}

function alreadySo(transform: GalleryTransform): RequestError {
  return new RequestError('conflict', transform === 'none'
    ? 'The templates of this gallery are under no transform already.'
    : `The templates of this gallery are under ${transformWords[transform]} already. For a new key: Revoke and re-issue in Settings, or likeness protect --reissue`);
}
