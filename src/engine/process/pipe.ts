import type { FromEngine, ToEngine } from '../../contract/engine-port.ts';

/** The engine's end of the pipe to its host. */
export interface Pipe {
  post(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
  /** Called when the host is gone. */
  onClosed(listener: () => void): void;
}

/** Electron's port of a utility process, as far as it is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The pipe of this process: Electron's when it started us, else Node's. @throws Error when nobody listens. */
export function openPipe(): Pipe {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => { parentPort.postMessage(message); },
      onMessage: (listener) => { parentPort.on('message', ({ data }) => { listener(data as ToEngine); }); },
      // Electron ends its utility processes itself.
      onClosed: () => undefined,
    };
  }
  if (!process.send) throw new Error('The engine is started by the app: fork it with an IPC channel and serialization "advanced".');
  return {
    // A host that has just gone makes send fail; the disconnect event that follows ends this process.
    post: (message) => { if (process.connected) process.send!(message, () => undefined); },
    onMessage: (listener) => { process.on('message', (message) => { listener(message as ToEngine); }); },
    onClosed: (listener) => { process.on('disconnect', listener); },
  };
}
