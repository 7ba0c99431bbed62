import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbedOutcome, EngineOperations, EngineProcess, FromEngine, ToEngine, TrainOutcome } from '../../src/contract/engine-port.ts';
import { templateOf } from './made-up-people.ts';

/** A real engine but for two operations: nothing is learnt, and a template comes from a picture's name instead of its pixels. */
export function standIn(engine: EngineProcess): EngineProcess {
  let say: (message: FromEngine) => void = () => undefined;
  const answer = (id: number, value: unknown): void => void setImmediate(() => say({ type: 'done', id, value }));
  return {
    ...engine,
    onMessage: (listener) => {
      say = listener;
      engine.onMessage(listener);
    },
    post: (message: ToEngine) => {
      if (message.type === 'request' && message.operation === 'embed') answer(message.id, embed(message.input as EngineOperations['embed']['input']));
      else if (message.type === 'request' && message.operation === 'train') answer(message.id, train(message.input as EngineOperations['train']['input'], say, message.id));
      else engine.post(message);
    },
  };
}

function embed({ images }: EngineOperations['embed']['input']): EmbedOutcome {
  const rows = images.map((image) => {
    if (image.kind !== 'file') throw new Error('The stand-in knows pictures by their file names.');
    return templateOf(image.path);
  });
  const size = rows[0]!.length;
  const vectors = new Float32Array(rows.length * size);
  for (const [row, vector] of rows.entries()) vectors.set(vector, row * size);
  return { vectors, size, failures: [], samples: rows.map((_, image) => ({ image, label: 'picture', measures: {}, quality: null, seen: 1 })) };
}

function train({ folder }: EngineOperations['train']['input'], say: (message: FromEngine) => void, id: number): TrainOutcome {
  const weights = 'of the stand-in';
  const path = join(folder, 'best.safetensors');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, weights);
  say({ type: 'progress', id, progress: { type: 'device', label: 'none', parameters: 1, stepsPerEpoch: 1 } });
  say({ type: 'progress', id, progress: { type: 'epoch', epoch: { epoch: 0, step: 0, meanLoss: 1, validationEer: null, learningRate: 0.1, alarm: null, kept: true, durationMs: 1 } } });
  return { state: 'done', epochs: 1, best: { path, epoch: 0, validationEer: null, weightsHash: createHash('sha256').update(weights).digest('hex') } };
}
