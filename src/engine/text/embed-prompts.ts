import { RequestError } from '../../contract/request-error.ts';
import { findEncoder } from './encoder-folder.ts';
import { openTextEncoder } from './text-encoder.ts';

/** Embeddings by encoder and text, so that a second run with the same classes opens no encoder. About 1.5 KB each. */
const remembered = new Map<string, Float32Array>();
const rememberAtMost = 20_000;

export interface PromptWork {
  /** The encoder's folder; null is the one that the set-up fetches. */
  folder: string | null;
  /** Looked at before every text. */
  signal?: AbortSignal;
  report?: (progress: { done: number; total: number }) => void;
}

/**
 * The unit vector of every text, in the order of the texts. The encoder is in memory only while there are new texts.
 *
 * @throws RequestError 'no-model', 'invalid-input' (a text that is too long), 'cancelled'.
 */
export async function embedPrompts(texts: readonly string[], { folder, signal, report }: PromptWork): Promise<Float32Array[]> {
  const encoder = await findEncoder(folder);
  const key = (text: string): string => `${encoder.fingerprint} ${text}`;
  const found = new Map(texts.map((text) => [text, remembered.get(key(text))] as const));
  const fresh = [...found].filter(([, vector]) => vector === undefined).map(([text]) => text);
  if (fresh.length > 0) {
    const opened = await openTextEncoder(encoder);
    try {
      for (const [done, text] of fresh.entries()) {
        if (signal?.aborted) throw new RequestError('cancelled', `Stopped after ${done} of ${fresh.length} class texts.`);
        const vector = await opened.embed(text);
        found.set(text, vector);
        remember(key(text), vector);
        report?.({ done: done + 1, total: fresh.length });
      }
    } finally {
      await opened.close();
    }
  }
  return texts.map((text) => found.get(text)!);
}

/** Forgets the oldest when there are too many. */
function remember(key: string, vector: Float32Array): void {
  if (remembered.size >= rememberAtMost) remembered.delete(remembered.keys().next().value!);
  remembered.set(key, vector);
}
