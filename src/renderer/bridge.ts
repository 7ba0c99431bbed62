import type { DeskListener } from '../contract/events.ts';
import type { Ask } from '../contract/requests.ts';
import type { ElectronBridge } from '../contract/wire/ports.ts';
import { askOver } from '../contract/wire/ask.ts';
import { httpBridge } from './http-bridge.ts';

/** What the window knows of its host. Everything else is a request over `ask`. */
export interface DeskBridge {
  readonly host: 'electron' | 'browser';
  ask: Ask;
  /** Tells every event from now on; returns the function that stops it. */
  onEvent(listener: DeskListener): () => void;
  /** Tells whether the host can be heard: at once, and whenever that changes. Returns the function that stops it. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
  /** Address of a picture for an <img>, at most `maxSide` pixels on its longer side. */
  imageUrl(imageId: string, maxSide: number): string;
  /** The system's folder dialogue, where the host has one. */
  chooseFolder: (() => Promise<string | null>) | null;
}

declare global {
  interface Window {
    likeness?: ElectronBridge;
  }
}

export const bridge: DeskBridge = window.likeness ? electronBridge(window.likeness) : httpBridge(window.location.origin);

function electronBridge(host: ElectronBridge): DeskBridge {
  return {
    host: 'electron',
    ask: askOver((name, input) => host.ask(name, input)),
    onEvent: (listener) => host.onEvent(listener),
    onConnection: (listener) => {
      listener(true);
      return () => undefined;
    },
    imageUrl: (imageId, maxSide) => host.imageUrl(imageId, maxSide),
    chooseFolder: () => host.chooseFolder(),
  };
}
