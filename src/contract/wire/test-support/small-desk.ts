import type { DeskEvent, DeskListener } from '../../events.ts';
import { RequestError } from '../../request-error.ts';
import type { Handlers } from '../../requests.ts';
import type { Desk } from '../desk.ts';

export interface SmallDesk extends Desk {
  tell(event: DeskEvent): void;
  readonly listeners: ReadonlySet<DeskListener>;
  readonly isClosed: () => boolean;
}

/** A desk of memory that answers the few requests a test of a door asks. */
export function smallDesk(some: Partial<Handlers> = {}): SmallDesk {
  const listeners = new Set<DeskListener>();
  let closed = false;
  const handlers: Partial<Handlers> = {
    'images.put': ({ bytes, fileName }) => ({ imageId: `img-${String(bytes.length)}-${String(bytes[0])}`, width: 1, height: 1, format: fileName }),
    'datasets.list': () => [],
    'datasets.get': ({ datasetId }) => {
      throw new RequestError('not-found', `There is no dataset ${datasetId}.`);
    },
    'jobs.list': () => {
      throw new TypeError('a bug with /home/secret in it');
    },
    ...some,
  };
  const desk: SmallDesk = {
    seat: () => ({ handlers: desk.handlers, permit: () => undefined, mustSignIn: () => false, subscribe: (listener) => desk.subscribe(listener), image: (id, side) => desk.image(id, side) }),
    handlers: handlers as Handlers,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    image(imageId, maxSide) {
      if (imageId !== 'known') return Promise.reject(new RequestError('not-found', `There is no picture ${imageId}.`));
      return Promise.resolve({ bytes: Uint8Array.of(1, 2, maxSide & 255), mimeType: 'image/webp' });
    },
    isLocked: () => false,
    close() {
      closed = true;
      return Promise.resolve();
    },
    tell(event) {
      for (const listener of listeners) listener(event);
    },
    listeners,
    isClosed: () => closed,
  };
  return desk;
}
