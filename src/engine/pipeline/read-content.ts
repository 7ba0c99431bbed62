import { createHash } from 'node:crypto';
import type { ImageSource } from '../../contract/engine-port.ts';
import { readImageBytes } from '../images/open-image.ts';

export interface ContentOptions<Known> {
  /** Whether what the picture holds must have a name. */
  isNamed: boolean;
  /** What is known already of a picture with this content; null where it must be looked at. */
  recall?: ((contentHash: string) => Promise<Known | null>) | undefined;
}

/** A picture to look at, and the SHA-256 of its bytes where somebody asked for it. */
export interface Content {
  source: ImageSource;
  contentHash: string | null;
}

/** Where anything is kept by content, a picture's bytes are read and named first, and its pixels only when nobody knows it. @throws UnreadableImage */
export async function readContent<Known = never>(source: ImageSource, { isNamed, recall }: ContentOptions<Known>): Promise<Content | { known: Known }> {
  if (!isNamed && !recall) return { source, contentHash: null };
  const { bytes, name } = await readImageBytes(source);
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  const known = (await recall?.(contentHash)) ?? null;
  return known === null ? { source: { kind: 'bytes', bytes, name }, contentHash } : { known };
}
