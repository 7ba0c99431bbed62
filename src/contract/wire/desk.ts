import type { DeskListener } from '../events.ts';
import type { Handlers } from '../requests.ts';

export interface RenderedImage {
  bytes: Uint8Array;
  mimeType: string;
}

/** What every door needs of the product: answers, events, pictures, an end. `workflows/app` opens one. */
export interface Desk {
  readonly handlers: Handlers;
  /** Tells the listener every event from now on; the returned function stops that. */
  subscribe(listener: DeskListener): () => void;
  /** A picture by its opaque id, at most `maxSide` pixels; rejects with RequestError('not-found') for unknown ids. */
  image(imageId: string, maxSide: number): Promise<RenderedImage>;
  /** Whether its store waits for a passphrase: until then almost every request is refused with 'locked'. */
  isLocked(): boolean;
  /** Ends jobs (they can be resumed), the engines and the database. */
  close(): Promise<void>;
}
