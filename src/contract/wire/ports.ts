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
/** Pictures are rendered at most this large, and at this size where none is asked for. */
export const largestImageSide = 2048;
export const defaultImageSide = 256;
/** The event stream sends a comment line this often, so that both ends notice when the other has gone. */
export const heartbeatMs = 15_000;
