import type { EnginePort } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { FingerPosition } from '../contract/vocabulary.ts';
import type { Gallery, SubjectTemplate } from '../store/gallery.ts';
import type { ModelRecord } from '../store/models.ts';
import { mayBeOneFinger } from './finger-positions.ts';
import { templateModel } from './models.ts';

/** What the engine holds. */
export interface LoadedGallery {
  model: ModelRecord;
  /** Under which the templates are. */
  protection: string;
  /** Whose rows are means over references that may be this finger; null: over all. */
  finger: FingerPosition | null;
  revision: number;
  rows: number;
}

export interface GallerySides {
  engine: EnginePort;
  gallery: Gallery;
}

/** Of a model with 512 numbers, so many people make a message of 8 MB. */
const subjectsOfPiece = 4096;

/** The name under which the engine keeps a revision of the gallery. */
export const nameOf = ({ model, protection, finger, revision }: Omit<LoadedGallery, 'rows'>): string => `${model.id} ${model.weightsHash} ${protection} ${finger ?? 'all'} ${revision}`;

/** Reads the whole gallery into the engine, piece by piece. Who changes meanwhile must be read again afterwards (`takeOverChanges`). */
export async function loadGallery(sides: GallerySides, of: Pick<LoadedGallery, 'model' | 'protection' | 'finger'>): Promise<LoadedGallery> {
  const revision = await sides.gallery.revision();
  let [base, after]: [string | null, string] = [null, ''];
  for (let piece = 0; ; piece++) {
    const subjectIds = await sides.gallery.listSubjectIds(after, subjectsOfPiece);
    const isLast = subjectIds.length < subjectsOfPiece;
    const name = nameOf({ ...of, revision });
    const next = isLast ? name : `${name} piece ${piece}`;
    const rows = await send(sides, { of, base, next, subjectIds });
    if (rows === null) throw new RequestError('conflict', 'The gallery was taken out of memory while it was loaded. Try again.');
    [base, after] = [next, subjectIds.at(-1) ?? after];
    if (isLast) return { ...of, revision, rows };
  }
}

/** Reads again who has changed since, and only them. Null when the engine holds something else, as after a restart. */
export async function takeOverChanges(sides: GallerySides, held: LoadedGallery): Promise<LoadedGallery | null> {
  if ((await sides.gallery.revision()) === held.revision) return held;
  const { revision, subjectIds } = await sides.gallery.listChangedSubjects(held.revision);
  // Another store, or one from a backup: what it counts has nothing to do with what is held.
  if (revision < held.revision) return null;
  const newest = { ...held, revision };
  let base = nameOf(held);
  for (let start = 0; start === 0 || start < subjectIds.length; start += subjectsOfPiece) {
    const isLast = start + subjectsOfPiece >= subjectIds.length;
    const next = isLast ? nameOf(newest) : `${nameOf(newest)} change ${start}`;
    const rows = await send(sides, { of: held, base, next, subjectIds: subjectIds.slice(start, start + subjectsOfPiece) });
    if (rows === null) return null;
    [base, newest.rows] = [next, rows];
  }
  return newest;
}

interface Piece {
  of: Pick<LoadedGallery, 'model' | 'protection' | 'finger'>;
  base: string | null;
  next: string;
  /** Some may be gone. */
  subjectIds: readonly string[];
}

/** Rows in the engine afterwards; null when it does not hold `base`. */
async function send({ engine, gallery }: GallerySides, { of: { model, protection, finger }, base, next, subjectIds }: Piece): Promise<number | null> {
  const templates = await gallery.listTemplatesOf(templateModel(model, { id: protection }), subjectIds);
  const fingers = finger === null ? new Map<string, FingerPosition>() : await gallery.listFingersOf(subjectIds);
  const comparable = templates.filter(({ sampleId }) => mayBeOneFinger(finger, fingers.get(sampleId) ?? null));
  const rows = meansBySubject(comparable, model.embeddingSize);
  const present = new Set(rows.subjectIds);
  const removed = base === null ? [] : subjectIds.filter((id) => !present.has(id));
  const updated = await engine.call('gallery.update', { finger, base, revision: next, size: model.embeddingSize, ...rows, removed });
  return updated.stale ? null : updated.rows;
}

/** Means of the templates of each subject; templates of one subject stand together. [subjects, size]. */
export function meansBySubject(templates: readonly Omit<SubjectTemplate, 'sampleId'>[], size: number): { subjectIds: string[]; vectors: Float32Array } {
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
