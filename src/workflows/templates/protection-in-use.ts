import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import type { ModelRecord } from '../../store/models.ts';
import type { OpenedProtection } from '../../store/sealed-gallery/template-protections.ts';
import type { Workbench } from '../workbench.ts';

/** A protection of templates at work. What two of them made is never compared: templates are read by the name of theirs. */
export interface ProtectionInUse {
  /** '' for none. */
  id: string;
  transform: GalleryTransform;
  /** A template of unit length as the gallery keeps and compares it: of unit length too, and of the same size. */
  protect(vector: Float32Array): Float32Array;
}

/** What templates must have in common to be compared. */
export interface Basis {
  model: ModelRecord;
  protection: ProtectionInUse;
}

/** As the gallery has it at this moment. @throws RequestError('locked') */
export async function protectionInUse(workbench: Pick<Workbench, 'store' | 'transforms'>): Promise<ProtectionInUse> {
  const { current } = await workbench.store.gallery.protections.open();
  return atWork(workbench, current);
}

export function atWork({ transforms }: Pick<Workbench, 'transforms'>, opened: OpenedProtection): ProtectionInUse {
  const { id, transform } = opened;
  return { id, transform, protect: (vector) => transforms.of(opened, vector.length)?.protect(vector) ?? vector };
}
