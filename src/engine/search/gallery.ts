import type { EngineOperations } from '../../contract/engine-port.ts';
import type { FingerPosition } from '../../contract/vocabulary.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { TemplateTable } from './template-table.ts';
import { createTable } from './template-table.ts';

type Update = { input: Omit<EngineOperations['gallery.update']['input'], 'finger'>; output: EngineOperations['gallery.update']['output'] };
type Search = { input: Omit<EngineOperations['gallery.search']['input'], 'finger'>; output: EngineOperations['gallery.search']['output'] };

/** A gallery being searched, a row for each subject. */
export interface Gallery {
  update(changes: Update['input']): Update['output'];
  search(query: Search['input']): Search['output'];
}

/** One engine holds a gallery for each finger that is searched for, and one for everything. */
export function createGalleries(): (finger: FingerPosition | null) => Gallery {
  const galleries = new Map<FingerPosition | null, Gallery>();
  return (finger) => {
    const gallery = galleries.get(finger) ?? createGallery();
    galleries.set(finger, gallery);
    return gallery;
  };
}

export function createGallery(makeTable: (size: number) => TemplateTable = createTable): Gallery {
  let revision: string | null = null;
  let table = makeTable(1);
  const subjectIds: string[] = [];
  const rowOf = new Map<string, number>();

  function empty(size: number): void {
    table.clear();
    if (table.size !== size) table = makeTable(size);
    subjectIds.length = 0;
    rowOf.clear();
  }

  function remove(subjectId: string): void {
    const row = rowOf.get(subjectId);
    if (row === undefined) return;
    table.remove(row);
    rowOf.delete(subjectId);
    const last = subjectIds.pop()!;
    if (last === subjectId) return;
    subjectIds[row] = last;
    rowOf.set(last, row);
  }

  function put(subjectId: string, vector: Float32Array): void {
    const row = rowOf.get(subjectId);
    if (row !== undefined) {
      table.put(row, vector);
      return;
    }
    table.append(vector);
    rowOf.set(subjectId, subjectIds.length);
    subjectIds.push(subjectId);
  }

  return {
    update({ base, size, ...changes }) {
      refuseMisfit({ size, ...changes });
      if (base === null) empty(size);
      else if (base !== revision || table.size !== size) return { stale: true };
      // Should one of the changes fail, what is in memory is no revision at all.
      revision = null;
      for (const subjectId of changes.removed) remove(subjectId);
      for (const [row, subjectId] of changes.subjectIds.entries()) put(subjectId, changes.vectors.subarray(row * size, (row + 1) * size));
      revision = changes.revision;
      return { stale: false, rows: table.rows, bytes: table.bytes };
    },
    search({ revision: wanted, probe, limit }) {
      if (revision === null || wanted !== revision) return { stale: true };
      if (probe.length !== table.size) {
        throw new RequestError('invalid-input', `The probe has ${probe.length} numbers, the gallery's templates ${table.size}.`);
      }
      const [matches] = table.search({ probes: probe, limit, precision: 'int8' });
      return { stale: false, candidates: matches!.map(({ row, score }) => ({ subjectId: subjectIds[row]!, score })) };
    },
  };
}

function refuseMisfit({ subjectIds, vectors, size }: Pick<Update['input'], 'subjectIds' | 'vectors' | 'size'>): void {
  if (vectors.length === subjectIds.length * size) return;
  throw new RequestError('invalid-input', `The gallery has ${subjectIds.length} subjects but ${vectors.length} numbers, not ${size} for each.`);
}
