import { createHash } from 'node:crypto';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import type { Enrolment } from '../gallery.ts';
import type { JobRecord } from '../jobs.ts';
import type { ModelRecord } from '../models.ts';

export function aModel(id = 'model-1', weightsHash = 'weights-1', embeddingSize = 4): ModelRecord {
  return {
    id, name: 'Faces', source: 'trained-here', runId: null, recipe: recipeSchema.parse({ loss: { name: 'proxy-anchor' } }), embeddingSize,
    trainedOn: 'ORL', licence: 'your own', epoch: 3, validationEer: 0.05, weightsHash, createdAt: 1,
  };
}

/** A picture of a person of this name. Both the picture and its template can be recognised by their bytes. */
export function anEnrolment(name: string, bytes: Uint8Array, vector = new Float32Array([1, 0, 0, 0])): Enrolment {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    subject: { id: subjectIdOf(name), name, note: '', isDemo: false, createdAt: 1 },
    sample: { id: `sample-${sha256.slice(0, 16)}`, fileName: `${name}.png`, bytes, width: 2, height: 2, sha256, quality: null, isDemo: false, createdAt: 2 },
    template: { modelId: 'model-1', weightsHash: 'weights-1', size: vector.length, protection: '', vector },
  };
}

/** What stands for a transform's template: each protection has its own. */
export function vectorUnder(protection: string): Float32Array {
  const digest = createHash('sha256').update(protection).digest();
  return Float32Array.from({ length: 4 }, (_, index) => digest[index]! / 256);
}

/** Says nothing about the name, as real identifiers do not. */
export function subjectIdOf(name: string): string {
  return `subject-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

export function randomBytes(seed: number, length: number): Uint8Array {
  let state = seed * 2654435761 + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (state >>> 11) & 255;
  });
}

export function aJob(id: string, deskId = 'desk-1'): JobRecord {
  return {
    id, deskId, kind: 'enrol-folder', title: 'Enrol a folder', subjectId: null, state: 'running', done: 0, total: 10, unit: 'images',
    rate: null, remainingMs: null, message: '', error: null, result: null, createdAt: 1, endedAt: null,
  };
}
