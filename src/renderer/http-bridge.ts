import type { DeskEvent, DeskListener } from '../contract/events.ts';
import type { Answer } from '../contract/requests.ts';
import type { DeskBridge } from './bridge.ts';
import { askOver } from '../contract/wire/ask.ts';
import { decodeBytes, encodeBytes } from '../contract/wire/bytes.ts';

const RECONNECT_MS = 2000;

/** The desk over HTTP, for a browser tab. */
export function httpBridge(origin: string): DeskBridge {
  const events = eventFeed(`${origin}/events`);
  return {
    host: 'browser',
    ask: askOver(async (name, input) => {
      const body = encodeBytes(input);
      const response = await fetch(`${origin}/ask/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      return decodeBytes(await response.text()) as Answer<unknown>;
    }),
    onEvent: events.onEvent,
    onConnection: events.onConnection,
    imageUrl: (imageId, maxSide) => `${origin}/images/${encodeURIComponent(imageId)}?size=${maxSide}`,
    chooseFolder: null,
  };
}

/** One EventSource for all listeners. The browser reconnects by itself unless it was refused; then it is opened anew. */
function eventFeed(address: string): Pick<DeskBridge, 'onEvent' | 'onConnection'> {
  const eventListeners = new Set<DeskListener>();
  const connectionListeners = new Set<(isConnected: boolean) => void>();
  let isConnected = true;
  let isOpen = false;

  const report = (next: boolean): void => {
    if (next === isConnected) return;
    isConnected = next;
    for (const listener of connectionListeners) listener(isConnected);
  };
  const open = (): void => {
    const source = new EventSource(address);
    source.onopen = () => report(true);
    source.onmessage = (message: MessageEvent<string>) => {
      const event = decodeBytes(message.data) as DeskEvent;
      for (const listener of eventListeners) listener(event);
    };
    source.onerror = () => {
      report(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RECONNECT_MS);
    };
  };

  return {
    onEvent: (listener) => {
      eventListeners.add(listener);
      if (!isOpen) open();
      isOpen = true;
      return () => eventListeners.delete(listener);
    },
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener(isConnected);
      return () => connectionListeners.delete(listener);
    },
  };
}
