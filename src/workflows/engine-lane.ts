import type { EngineCall, EngineLane, EngineOperation, EngineProcess, FromEngine } from '../contract/engine-port.ts';
import { RequestError } from '../contract/request-error.ts';
import type { DeskState } from '../contract/requests/desk.ts';
import { engineFailure } from './engine-failure.ts';
import { givenUpSentence, lostSentence } from './engine-sentences.ts';

export type LaneState = 'idle' | DeskState['engine'];

export interface LaneOptions {
  lane: EngineLane;
  spawn: () => EngineProcess;
  onState: (state: LaneState, message: string | null) => void;
}

interface Order {
  operation: EngineOperation;
  input: unknown;
  options: EngineCall<EngineOperation>;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Waits before the first restart, the second...; when they are used up the lane is given up. */
const backOffMs = [100, 500, 1000, 2000, 4000];
/** Crashes longer ago than this are forgiven. */
const forgiveAfterMs = 120_000;
/** A lane that was given up is tried again by the first call after this time. */
const retryLostAfterMs = 30_000;
/** An engine that has not stopped this long after being asked is ended. */
const cancelGraceMs = 20_000;

/** Keeps one engine process alive: starts it, restarts it after a crash, gives up when it keeps crashing. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #inFlight = new Map<number, Order>();
  #waiting: Order[] = [];
  #engine: EngineProcess | null = null;
  #state: LaneState = 'idle';
  #crashes: number[] = [];
  #restart: NodeJS.Timeout | undefined;
  #isClosed = false;
  #lastId = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#engine !== null || this.#restart !== undefined || this.#isClosed) return;
    if (this.#state !== 'restarting') this.#become('starting', null);
    const engine = this.#options.spawn();
    this.#engine = engine;
    engine.onMessage((message) => this.#engine === engine && this.#receive(message));
    engine.onExit((how) => this.#engine === engine && this.#lose(how));
  }

  call(operation: EngineOperation, input: unknown, options: EngineCall<EngineOperation>): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new RequestError('engine-lost', 'Likeness is being closed.'));
    this.#forgiveIfDue();
    if (this.#state === 'lost') return Promise.reject(new RequestError('engine-lost', givenUpSentence(this.#options.lane)));
    this.start();
    return new Promise((resolve, reject) => {
      const order = { operation, input, options, resolve, reject };
      if (this.#state === 'ready') this.#post(order);
      else this.#waiting.push(order);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    this.#engine?.kill();
    this.#engine = null;
    this.#rejectAll(this.#waiting, new RequestError('engine-lost', 'Likeness was closed while this was at work.'));
  }

  #receive(message: FromEngine): void {
    if (message.type === 'ready') {
      this.#become('ready', null);
      for (const order of this.#waiting.splice(0)) this.#post(order);
      return;
    }
    const order = this.#inFlight.get(message.id);
    if (order === undefined) return;
    if (message.type === 'progress') return this.#progress(message.id, order, message.progress);
    this.#inFlight.delete(message.id);
    if (message.type === 'done') order.resolve(message.value);
    else order.reject(engineFailure(message));
  }

  /** Whoever cannot take the progress (a full disk) gets that as the answer, and the engine stops. */
  #progress(id: number, { options, reject }: Order, progress: unknown): void {
    try {
      options.onProgress?.(progress as never);
    } catch (error) {
      this.#inFlight.delete(id);
      this.#engine?.post({ type: 'cancel', id });
      reject(error as Error);
    }
  }

  #post(order: Order): void {
    const { signal } = order.options;
    if (signal?.aborted) return order.reject(new RequestError('cancelled', 'It was cancelled before it began.'));
    const engine = this.#engine!;
    const id = ++this.#lastId;
    const cancel = (): void => {
      engine.post({ type: 'cancel', id });
      setTimeout(() => this.#inFlight.has(id) && engine.kill(), cancelGraceMs).unref();
    };
    const settle = <Value>(report: (value: Value) => void) => (value: Value): void => {
      signal?.removeEventListener('abort', cancel);
      report(value);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.#inFlight.set(id, { ...order, resolve: settle(order.resolve), reject: settle(order.reject) });
    engine.post({ type: 'request', id, operation: order.operation, input: order.input });
  }

  #lose(how: string): void {
    this.#engine = null;
    if (this.#isClosed) return;
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((crash) => now - crash < forgiveAfterMs), now];
    const wait = backOffMs[this.#crashes.length - 1];
    const lost = new RequestError('engine-lost', lostSentence(this.#options.lane, how, wait !== undefined));
    this.#become(wait === undefined ? 'lost' : 'restarting', lost.message);
    if (wait !== undefined) {
      this.#restart = setTimeout(() => {
        this.#restart = undefined;
        this.start();
      }, wait);
    }
    // Calls that had not reached the engine wait for the next one, where there will be one.
    this.#rejectAll(wait === undefined ? this.#waiting : [], lost);
  }

  #rejectAll(waiting: Order[], error: Error): void {
    const affected = [...this.#inFlight.values(), ...waiting.splice(0)];
    this.#inFlight.clear();
    for (const order of affected) order.reject(error);
  }

  #forgiveIfDue(): void {
    if (this.#state !== 'lost' || Date.now() - this.#crashes.at(-1)! < retryLostAfterMs) return;
    this.#crashes = [];
    this.#state = 'idle';
  }

  #become(state: LaneState, message: string | null): void {
    this.#state = state;
    this.#options.onState(state, message);
  }
}
