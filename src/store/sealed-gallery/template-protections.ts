import { randomBytes, randomUUID } from 'node:crypto';
import type { GalleryTransform } from '../../contract/requests/cancelable.ts';
import { keyLength } from '../protection/envelope.ts';
import type { Vault } from '../protection/vault.ts';
import type { Template } from '../templates.ts';
import type { GalleryRows, TemplateRow } from './gallery-rows.ts';
import type { Adoption, NeededTemplates, ProtectionRow } from './protection-rows.ts';
import type { SubjectKey } from './sealing.ts';
import { sealProtectionKey, sealVector, unsealProtectionKey, unsealVector, unwrapSubjectKey } from './sealing.ts';

/** The keyed transform that a gallery's templates are under. */
export interface TemplateProtection {
  id: string;
  transform: GalleryTransform;
  createdAt: number;
}

/** With its secret key; null where the transform is none. For whoever transforms, and nobody else. */
export interface OpenedProtection extends TemplateProtection {
  key: Uint8Array | null;
}

/** How a gallery's templates are protected, and how that is changed: planned, made beside the old ones, adopted at once. */
export interface TemplateProtections {
  /** Answered while the store is locked too. */
  read(): Promise<{ current: TemplateProtection; next: TemplateProtection | null }>;
  /** @throws RequestError('locked') */
  open(): Promise<{ current: OpenedProtection; next: OpenedProtection | null }>;
  /** A new secret key for this transform; where a change is under way already, that one. */
  plan(transform: GalleryTransform): Promise<TemplateProtection>;
  /** Templates of these people that have no counterpart under the planned protection yet. */
  listUnstaged(needed: NeededTemplates, subjectIds: readonly string[]): Promise<Template[]>;
  /** @throws RequestError('conflict') where this protection is not planned (any more). */
  stage(templates: readonly Template[]): Promise<void>;
  /** As `ProtectionRows.adopt`; afterwards old templates and old key are in no file of the store any more. */
  adopt(adoption: Adoption): Promise<{ missing: number } | null>;
  drop(): Promise<void>;
}

export function templateProtections({ rows, vault }: { rows: GalleryRows; vault: Vault }): TemplateProtections {
  const { protection } = rows;
  const opened = ({ key, ...row }: ProtectionRow): OpenedProtection => ({ ...row, key: key && unsealProtectionKey(vault.keys(), row, key) });
  return {
    read: async () => {
      const { current, next } = await protection.read();
      return { current: withoutKey(current), next: next && withoutKey(next) };
    },
    open: async () => {
      const { current, next } = await protection.read();
      return { current: opened(current), next: next && opened(next) };
    },
    plan: async (transform) => {
      const keys = vault.keys();
      const id = transform === 'none' ? '' : randomUUID();
      const key = transform === 'none' ? null : sealProtectionKey(keys, { id, transform }, randomBytes(keyLength));
      return withoutKey(await protection.plan({ id, transform, key, createdAt: Date.now() }, keys.epoch));
    },
    listUnstaged: async (needed, subjectIds) => {
      const keys = vault.keys();
      return (await protection.listUnstaged(needed, subjectIds)).map(({ subjectId, key, vector, ...place }) => (
        { ...place, vector: unsealVector(unwrapSubjectKey(keys, subjectId, key), place, vector) }));
    },
    stage: async (templates) => {
      const keys = vault.keys();
      await protection.stage(await sealed({ rows, vault }, templates), keys.epoch);
    },
    adopt: async (adoption) => {
      const outcome = await protection.adopt(adoption, vault.keys().epoch);
      if (outcome?.missing === 0) await rows.scrub();
      return outcome;
    },
    drop: async () => {
      await protection.drop();
      await rows.scrub();
    },
  };
}

/** Those whose sample was deleted meanwhile are left out. */
async function sealed({ rows, vault }: { rows: GalleryRows; vault: Vault }, templates: readonly Template[]): Promise<TemplateRow[]> {
  const keys = vault.keys();
  const found: TemplateRow[] = [];
  for (const template of templates) {
    const owner = await rows.ownerOf(template.sampleId);
    if (owner === undefined) continue;
    const key: SubjectKey = unwrapSubjectKey(keys, owner.subjectId, owner.key);
    found.push({ ...template, vector: sealVector(key, template, template.vector) });
  }
  return found;
}

function withoutKey({ id, transform, createdAt }: ProtectionRow): TemplateProtection {
  return { id, transform, createdAt };
}
