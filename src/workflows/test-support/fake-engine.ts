import type { EngineLane, EngineOperation, EngineOperations, EngineProcess, FromEngine, ToEngine } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import { fakeOperations } from './fake-operations.ts';

type Notice = (operation: EngineOperation, input: unknown) => Promise<void>;

/** An engine inside the test's own process: it speaks the whole port, and dies when told to. */
class FakeEngine implements EngineProcess {
  #onMessage: (message: FromEngine) => void = () => undefined;
  #onExit: (how: string) => void = () => undefined;
  #isDead = false;
  readonly #controllers = new Map<number, AbortController>();
  readonly #operations = fakeOperations();
  readonly #notice: Notice;

  constructor(notice: Notice) {
    this.#notice = notice;
    setImmediate(() => this.#say({ type: 'ready' }));
  }

  post(message: ToEngine): void {
    if (message.type === 'cancel') this.#controllers.get(message.id)?.abort();
    else setImmediate(() => void this.#answer(message.id, message.operation, structuredClone(message.input)));
  }

  onMessage(listener: (message: FromEngine) => void): void {
    this.#onMessage = listener;
  }

  onExit(listener: (how: string) => void): void {
    this.#onExit = listener;
  }

  kill(): void {
    this.crash();
  }

  crash(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    for (const controller of this.#controllers.values()) controller.abort();
    setImmediate(() => this.#onExit('it was ended by SIGKILL'));
  }

  #say(message: FromEngine): void {
    if (!this.#isDead) this.#onMessage(structuredClone(message));
  }

  async #answer(id: number, operation: EngineOperation, input: unknown): Promise<void> {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    try {
      await this.#notice(operation, input);
      const report = (progress: unknown): void => this.#say({ type: 'progress', id, progress });
      if (operation === 'loss.compute' || operation === 'images.inspect' || operation === 'images.look') throw new RequestError('no-model', `The fake engine has no ${operation}.`);
      const value = await this.#operations[operation](input as never, { signal: controller.signal, report });
      this.#say({ type: 'done', id, value });
    } catch (error) {
      const code = error instanceof RequestError ? error.code : 'internal';
      this.#say({ type: 'failed', id, code, message: (error as Error).message, stack: null });
    }
    this.#controllers.delete(id);
  }
}

export interface FakeEngines {
  spawn: (lane: EngineLane) => EngineProcess;
  /** Ends the engine of this lane as `kill -9` would. */
  crash: (lane: EngineLane) => void;
  /** How often an engine of this lane was started. */
  starts: Record<EngineLane, number>;
  /** Does something when the n-th call of an operation (from 1) has reached an engine, before it is worked on. */
  at: (operation: EngineOperation, call: number, act: () => unknown) => void;
  /** Told what every call of an operation asks for, from now on. */
  listen: <Operation extends EngineOperation>(operation: Operation, hear: (input: EngineOperations[Operation]['input']) => void) => void;
}

export function fakeEngines(): FakeEngines {
  const running: Partial<Record<EngineLane, FakeEngine>> = {};
  const starts = { desk: 0, batch: 0 };
  const calls = new Map<EngineOperation, number>();
  const plans: { operation: EngineOperation; call: number; act: () => unknown }[] = [];
  const listeners: { operation: EngineOperation; hear: (input: never) => void }[] = [];
  const notice: Notice = async (operation, input) => {
    const call = (calls.get(operation) ?? 0) + 1;
    calls.set(operation, call);
    for (const listener of listeners) if (listener.operation === operation) listener.hear(input as never);
    for (const plan of plans) if (plan.operation === operation && plan.call === call) await plan.act();
  };
  return {
    starts,
    spawn: (lane) => {
      starts[lane]++;
      return (running[lane] = new FakeEngine(notice));
    },
    crash: (lane) => running[lane]?.crash(),
    at: (operation, call, act) => plans.push({ operation, call: (calls.get(operation) ?? 0) + call, act }),
    listen: (operation, hear) => listeners.push({ operation, hear }),
  };
}
