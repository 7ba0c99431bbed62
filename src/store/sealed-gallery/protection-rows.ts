import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import type { TemplateModel } from '../templates.ts';
import type { Owner, TemplateRow } from './gallery-rows.ts';

/** The keyed transform that a gallery's templates are under, as it lies on the disk. */
export interface ProtectionRow {
  /** '' where the transform is none. */
  id: string;
  transform: GalleryTransform;
  /** Envelope of the secret key; null where the transform is none. */
  key: Uint8Array | null;
  createdAt: number;
}

export interface ProtectionRowsNow {
  current: ProtectionRow;
  /** What the templates are being changed to. */
  next: ProtectionRow | null;
}

export type OwnedTemplate = Owner & TemplateModel & { sampleId: string; vector: Uint8Array };

/** Which templates a change needs: those of the model in use, or those of all models. */
export type NeededTemplates = { modelId: string } | 'all';

export interface Adoption {
  /** The planned protection. */
  id: string;
  needed: NeededTemplates;
  /** Samples that give no template any more; they stay, without one. */
  without: readonly string[];
}

/**
 * Protection of the templates as rows, each function one transaction. A change is planned, its templates are laid beside the old ones, and when
 * none is missing they take their place, with the protection, and the old key is gone. Several processes may work on one change.
 */
export interface ProtectionRows {
  read(): Promise<ProtectionRowsNow>;
  /** Notes what the templates are to be changed to, unless a change is under way already; returns what is noted then. */
  plan(next: ProtectionRow, epoch: number): Promise<ProtectionRow>;
  /** Templates of these people without a counterpart under the planned protection. */
  listUnstaged(needed: NeededTemplates, subjectIds: readonly string[]): Promise<OwnedTemplate[]>;
  /** Those whose sample or model was deleted meanwhile are left out. @throws RequestError('conflict') where no such protection is planned (any more). */
  stage(templates: readonly TemplateRow[], epoch: number): Promise<void>;
  /** Takes the place of the old, if all is there; else changes nothing and says how many templates are missing. Null: not planned (any more). */
  adopt(adoption: Adoption, epoch: number): Promise<{ missing: number } | null>;
  /** Forgets a change that was planned, and its templates. */
  drop(): Promise<void>;
}
