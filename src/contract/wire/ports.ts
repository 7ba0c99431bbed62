import type { DeskListener } from '../events.ts';
import type { Answer } from '../requests.ts';

/** Electron's two channels, named once: preload and main each spell them out, the compiler compares. */
export type AskChannel = 'likeness:ask';
export type EventChannel = 'likeness:event';
/** Asked over the same channel, answered by Electron itself. */
export type ChooseFolderName = 'host.choose-folder';

/** What the preload script puts on `window.likeness`; a browser tab has none of it and talks HTTP. */
export interface ElectronBridge {
  readonly host: 'electron';
  ask(name: string, input: unknown): Promise<Answer<unknown>>;
  /** Returns the function that stops listening. */
  onEvent(listener: DeskListener): () => void;
  /** Address of a picture for an <img>, at most `size` pixels on its longer side. */
  imageUrl(imageId: string, size: number): string;
  /** The system's folder dialogue; null when it was left without a choice. */
  chooseFolder(): Promise<string | null>;
}

/** A request's body over HTTP may have this many bytes (base64 counted); larger ones are answered 413. */
export const largestBodyBytes = 64 * 1024 * 1024;
/** The event stream sends a comment line this often, so that both ends notice when the other has gone. */
export const heartbeatMs = 15_000;

const largestImageSide = 2048;
const defaultImageSide = 256;

/** Pixels of the longer side that an address's `size` asks for: 16 to 2048, 256 where it says nothing usable. */
export function imageSide(size: string | null | undefined): number {
  const asked = Math.round(Number(size ?? defaultImageSide));
  return Number.isFinite(asked) && asked > 0 ? Math.min(Math.max(asked, 16), largestImageSide) : defaultImageSide;
}
