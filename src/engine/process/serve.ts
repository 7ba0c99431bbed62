import type { EngineOperation, EngineOperations, ToEngine } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Pipe } from './pipe.ts';

/** What an operation is given beside its input. */
export interface Work<Progress> {
  report(progress: Progress): void;
  /** Aborted when the host cancels: look at it between steps. */
  signal: AbortSignal;
}

export type Handler<Operation extends EngineOperation> = (
  input: EngineOperations[Operation]['input'],
  work: Work<EngineOperations[Operation]['progress']>,
) => Promise<EngineOperations[Operation]['output']>;

export type Handlers = { [Operation in EngineOperation]: Handler<Operation> };

/** Answers the host's requests until it is gone. Every request gets exactly one 'done' or 'failed'. */
export function serve(pipe: Pipe, handlers: Handlers): void {
  const running = new Map<number, AbortController>();
  pipe.onMessage((message: ToEngine | null | undefined) => {
    if (message?.type === 'cancel') running.get(message.id)?.abort();
    else if (message?.type === 'request') void answer(message);
  });

  async function answer({ id, operation, input }: Extract<ToEngine, { type: 'request' }>): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = Object.hasOwn(handlers, operation) ? (handlers[operation] as Handler<EngineOperation>) : null;
      if (!handler) throw new RequestError('invalid-input', `The engine has no operation called "${String(operation)}".`);
      const report = (progress: unknown): void => { pipe.post({ type: 'progress', id, progress }); };
      const value = await handler(input as never, { report: report as never, signal: controller.signal });
      pipe.post({ type: 'done', id, value });
    } catch (error) {
      pipe.post({ type: 'failed', id, ...describe(error) });
    } finally {
      running.delete(id);
    }
  }
}

/** Anything thrown as data. What is not a RequestError is a bug, and keeps its stack. */
function describe(error: unknown): { code: string; message: string; stack: string | null } {
  if (error instanceof RequestError) return { code: error.code, message: error.message, stack: null };
  if (error instanceof Error) return { code: 'internal', message: error.message, stack: error.stack ?? null };
  return { code: 'internal', message: String(error), stack: null };
}
