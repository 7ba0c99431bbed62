import type { DeskListener } from '../events.ts';
import type { Handlers, RequestName } from '../requests.ts';

export interface RenderedImage {
  bytes: Uint8Array;
  mimeType: string;
}

/** A place at the desk: one browser, one window, one terminal, and whoever signed in there. Doors know the desk through these only. */
export interface Seat {
  readonly handlers: Handlers;
  /** @throws RequestError for what whoever sits here may not ask. */
  permit(name: RequestName): void;
  /** Whether somebody has to sign in here before anything else. */
  mustSignIn(): boolean;
  /** Tells the listener what may be told here, from now on; the returned function stops that. */
  subscribe(listener: DeskListener): () => void;
  /** As the desk's; rejects with RequestError('not-allowed') for pictures that are not for whoever sits here. */
  image(imageId: string, maxSide: number): Promise<RenderedImage>;
}

/** The product: answers, events, pictures, an end. `workflows/app` opens one. What it answers here it answers to itself, whoever is signed in. */
export interface Desk {
  /** A new place, where nobody has signed in yet. */
  seat(): Seat;
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
