import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnginePort } from '../../src/contract/engine-port.ts';
import { createGallery } from '../../src/engine/search/gallery.ts';
import type { Enrolment } from '../../src/store/gallery.ts';
import { insertModel } from '../../src/store/models.ts';
import { openStore } from '../../src/store/store.ts';
import { aModel } from '../../src/store/test-support/sample-rows.ts';
import { searchableGallery } from '../../src/workflows/searchable-gallery.ts';
import { transformShelf } from '../../src/workflows/templates/transform-shelf.ts';

const PEOPLE = 100_000;
const SIZE = 512;
const AT_ONCE = 500;
/** Of a picture; how long a photo takes to be embedded is another matter. */
const PICTURE_BYTES = 4096;

export interface Enrolled {
  people: number;
  size: number;
  enrolSeconds: number;
  /** From the store into the engine's memory, opening every envelope. */
  loadSeconds: number;
  /** From the commit of one more person to the answer of a search that finds that person. */
  seenMs: number;
  databaseBytes: number;
}

/** Enrols into a store of its own, sealed as always, and loads the gallery from it. */
export async function measureEnrolment(): Promise<Enrolled> {
  const home = mkdtempSync(join(tmpdir(), 'likeness-bench-'));
  const store = openStore(home);
  try {
    const model = aModel('model-1', 'weights-1', SIZE);
    insertModel(store.database, model);
    let begun = performance.now();
    for (let first = 0; first < PEOPLE; first += AT_ONCE) await store.gallery.enrolMany(Array.from({ length: AT_ONCE }, (_, index) => drawEnrolment(first + index)));
    const enrolSeconds = (performance.now() - begun) / 1000;
    const searchable = searchableGallery({ engine: engineHere(), store, transforms: transformShelf() });
    begun = performance.now();
    await searchable.search(model, { vector: drawVector(), finger: null }, 1);
    const loadSeconds = (performance.now() - begun) / 1000;
    const latecomer = drawEnrolment(PEOPLE);
    await store.gallery.enrol(latecomer);
    begun = performance.now();
    const { candidates } = await searchable.search(model, { vector: latecomer.template.vector, finger: null }, 1);
    const seenMs = performance.now() - begun;
    if (candidates[0]!.subjectId !== latecomer.subject.id) throw new Error('The person enrolled last was not found.');
    return { people: PEOPLE, size: SIZE, enrolSeconds, loadSeconds, seenMs, databaseBytes: statSync(join(home, 'likeness.sqlite')).size };
  } finally {
    store.close();
    rmSync(home, { recursive: true });
  }
}

/** The engine's own gallery, in this process. */
function engineHere(): EnginePort {
  const gallery = createGallery();
  const call = (name: string, input: unknown): Promise<unknown> =>
    Promise.resolve(name === 'gallery.update' ? gallery.update(input as Parameters<typeof gallery.update>[0]) : gallery.search(input as Parameters<typeof gallery.search>[0]));
  return { call: call as EnginePort['call'] };
}

function drawEnrolment(index: number): Enrolment {
  const bytes = new Uint8Array(randomBytes(PICTURE_BYTES));
  const id = `subject-${createHash('sha256').update(String(index)).digest('hex').slice(0, 16)}`;
  return {
    subject: { id, name: `Person ${index}`, note: '', isDemo: false, createdAt: 1 },
    sample: { id: `sample-${index}`, fileName: `${index}.png`, bytes, width: 112, height: 112, sha256: createHash('sha256').update(bytes).digest('hex'), isDemo: false, createdAt: 2, quality: null },
    template: { modelId: 'model-1', weightsHash: 'weights-1', size: SIZE, protection: '', vector: drawVector() },
  };
}

function drawVector(): Float32Array {
  const vector = Float32Array.from({ length: SIZE }, () => Math.random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
