import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { ModelRecord } from '../store/models.ts';
import { bytesOf, float32Of } from '../store/blobs.ts';

/** What became of one picture: a vector (base64 of float32), or why there is none. */
const line = z.object({ path: z.string(), size: z.number(), modifiedMs: z.number(), vector: z.string().optional(), reason: z.string().optional() });
const heading = z.object({ journal: z.literal('likeness-embeddings-1'), weightsHash: z.string() });

export type Journaled = { path: string } & ({ vector: Float32Array } | { reason: string });

/**
 * What has been embedded so far, in a file beside the one to be written (`FILE.part`, the owner's only): who is interrupted goes on from
 * there. A picture that changed since, or another model, is embedded anew.
 */
export interface EmbeddingJournal {
  /** What is known of pictures that are still the same. */
  known: ReadonlyMap<string, Journaled>;
  add(outcomes: readonly Journaled[]): Promise<void>;
  /** Takes the journal away. */
  end(): Promise<void>;
}

export async function openJournal(file: string, { weightsHash }: Pick<ModelRecord, 'weightsHash'>): Promise<EmbeddingJournal> {
  const place = `${file}.part`;
  const known = await readJournal(place, weightsHash);
  if (known === null) await rm(place, { force: true });
  let isNew = known === null;
  return {
    known: known ?? new Map(),
    add: async (outcomes) => {
      const lines = await Promise.all(outcomes.map(toLine));
      const head = isNew ? [JSON.stringify({ journal: 'likeness-embeddings-1', weightsHash })] : [];
      isNew = false;
      await appendFile(place, `${[...head, ...lines].join('\n')}\n`, { mode: 0o600 });
    },
    end: () => rm(place, { force: true }),
  };
}

async function toLine(outcome: Journaled): Promise<string> {
  const state = await stampOf(outcome.path);
  const what = 'vector' in outcome ? { vector: Buffer.from(bytesOf(outcome.vector)).toString('base64') } : { reason: outcome.reason };
  return JSON.stringify({ path: outcome.path, ...state, ...what });
}

async function stampOf(path: string): Promise<{ size: number; modifiedMs: number }> {
  const found = await stat(path).catch(() => null);
  return { size: found?.size ?? -1, modifiedMs: found?.mtimeMs ?? -1 };
}

/** Null where there is none of this model. The last line may be half written. */
async function readJournal(place: string, weightsHash: string): Promise<Map<string, Journaled> | null> {
  const text = await readFile(place, 'utf8').catch(() => null);
  if (text === null) return null;
  const [head, ...lines] = text.split('\n');
  if (heading.safeParse(parsed(head ?? '')).data?.weightsHash !== weightsHash) return null;
  const known = new Map<string, Journaled>();
  for (const written of lines) {
    const { data } = line.safeParse(parsed(written));
    if (data === undefined) continue;
    const { size, modifiedMs } = await stampOf(data.path);
    if (size !== data.size || modifiedMs !== data.modifiedMs) continue;
    const { path, vector, reason } = data;
    if (vector !== undefined) known.set(path, { path, vector: float32Of(Buffer.from(vector, 'base64')) });
    else if (reason !== undefined) known.set(path, { path, reason });
  }
  return known;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
