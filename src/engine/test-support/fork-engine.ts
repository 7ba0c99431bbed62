import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { EngineOperation, EngineOperations, FromEngine, ToEngine } from '../../contract/engine-port.ts';

export interface ForkedCall<Operation extends EngineOperation> {
  answer: Promise<EngineOperations[Operation]['output']>;
  cancel(): void;
}

/** A real engine in a process of its own, as the hosts start it. */
export interface ForkedEngine {
  child: ChildProcess;
  ready: Promise<undefined>;
  /** Rejects with an error that has the engine's `code`, or 'engine-lost' when the process ends first. */
  call<Operation extends EngineOperation>(
    operation: Operation,
    input: EngineOperations[Operation]['input'],
    onProgress?: (progress: EngineOperations[Operation]['progress']) => void,
  ): ForkedCall<Operation>;
  /** Sends anything at all. */
  send(message: unknown): void;
  exited: Promise<{ code: number | null; signal: string | null }>;
}

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
  onProgress: (progress: never) => void;
}

export function forkEngine(environment: Record<string, string> = {}): ForkedEngine {
  const script = join(import.meta.dirname, '..', 'index.ts');
  const child = fork(script, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ...environment } });
  const waiting = new Map<number, Waiting>();
  const ready = Promise.withResolvers<undefined>();
  let lastId = 0;
  child.on('message', (message) => { receive(message as FromEngine, { waiting, onReady: () => { ready.resolve(undefined); } }); });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(Object.assign(new Error('The engine ended.'), { code: 'engine-lost' }));
      resolve({ code, signal });
    });
  });
  const send = (message: unknown): void => { child.send(message as ToEngine); };
  return {
    child,
    ready: ready.promise,
    send,
    exited,
    call(operation, input, onProgress = () => undefined) {
      const id = ++lastId;
      const answer = new Promise<never>((resolve, reject) => { waiting.set(id, { resolve, reject, onProgress }); });
      send({ type: 'request', id, operation, input } satisfies ToEngine);
      return { answer, cancel: () => { send({ type: 'cancel', id } satisfies ToEngine); } };
    },
  };
}

function receive(message: FromEngine, { waiting, onReady }: { waiting: Map<number, Waiting>; onReady: () => void }): void {
  if (message.type === 'ready') {
    onReady();
    return;
  }
  const call = waiting.get(message.id);
  if (!call) return;
  if (message.type === 'progress') {
    call.onProgress(message.progress as never);
    return;
  }
  waiting.delete(message.id);
  if (message.type === 'done') call.resolve(message.value as never);
  else call.reject(Object.assign(new Error(message.message), { code: message.code }));
}
