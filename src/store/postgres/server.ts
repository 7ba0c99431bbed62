import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ServerAddress } from './address.ts';
import { longDeedOfOthers, stationName } from './long-deeds.ts';
import { inServersWords, isLockedOut, isLost } from './plain-words.ts';

export type Parameter = string | number | boolean | null | Uint8Array | readonly string[] | readonly (number | null)[] | readonly boolean[] | readonly Uint8Array[];

/** Runs statements within one transaction. */
export interface Transaction {
  all<Row>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /** Number of rows changed. */
  run(text: string, parameters?: readonly Parameter[]): Promise<number>;
}

/** A PostgreSQL server, whose restart costs a moment's waiting. Errors that are no bugs are RequestError('storage'). */
export interface Server extends Transaction {
  readonly address: ServerAddress;
  /** All or nothing. */
  transaction<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value>;
  /** Calls whenever any station has changed the gallery. */
  listen(onChange: () => void): void;
  close(): Promise<void>;
}

const connections = 4;
const connectTimeoutMs = 5000;
const usualPatienceMs = 6000;
/** As long as SQLite waits for another process. */
const usualLockLimitMs = 10_000;
const pauseMs = 200;
/** The channel on which the triggers tell of changes. */
const channel = 'likeness_gallery';

// Identifiers, counts and times are all below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How long to wait before it is said. */
export interface Patience {
  /** For a server that is away; a restart takes a second or two. */
  patienceMs?: number;
  /** In a transaction, for what another station holds. */
  lockLimitMs?: number;
}

/** A connection that is not made in time is given up; a pool with that limit would also give up whoever waits for a free one. */
class TimelyClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    // The pool hides the password from whoever copies its options.
    super({ ...options, password: options?.password, connectionTimeoutMillis: connectTimeoutMs });
    // A connection that breaks says so by an event besides, at any moment; without a listener it would end the process.
    this.on('error', () => undefined);
  }
}

/** Connects on first use. */
export function connect(address: ServerAddress, { patienceMs = usualPatienceMs, lockLimitMs = usualLockLimitMs }: Patience = {}): Server {
  const options = {
    host: address.host, port: address.port, database: address.database, ssl: address.tls, application_name: stationName, keepAlive: true,
    ...(address.user === undefined ? {} : { user: address.user }), ...(address.password === undefined ? {} : { password: address.password }),
  };
  const pool = new pg.Pool({ ...options, max: connections, Client: TimelyClient });
  // A connection that is lost while nobody uses it is replaced; whoever uses one hears of it there.
  pool.on('error', () => undefined);
  let stopListening = (): void => undefined;

  const patiently = <Value>(work: () => Promise<Value>): Promise<Value> => whileAway({ address, patienceMs }, work);

  async function transaction<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
    const client = await patiently(async () => {
      const fresh = await pool.connect();
      try {
        await fresh.query(`BEGIN; SET LOCAL lock_timeout = ${String(lockLimitMs)}`);
        return fresh;
      } catch (error) {
        fresh.release(true);
        throw error;
      }
    });
    try {
      const value = await work(over(client));
      await client.query('COMMIT');
      client.release();
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      const holder = isLockedOut(error) ? await longDeedOfOthers(over(client)).catch(() => null) : null;
      client.release(isLost(error));
      throw inServersWords(error, address, holder);
    }
  }

  const reader = over(pool);
  return {
    address,
    all: (text, parameters) => patiently(() => reader.all(text, parameters)),
    // Only what may be done twice is run outside of a transaction.
    run: (text, parameters) => patiently(() => reader.run(text, parameters)),
    transaction,
    listen: (onChange) => {
      stopListening();
      stopListening = listenTo(() => new TimelyClient(options), onChange);
    },
    close: async () => {
      stopListening();
      await pool.end();
    },
  };
}

/** Tries again while the server is away: `work` must do nothing before it is connected, or be worth doing twice. */
async function whileAway<Value>({ address, patienceMs }: { address: ServerAddress; patienceMs: number }, work: () => Promise<Value>): Promise<Value> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error) || Date.now() > until) throw inServersWords(error, address);
      await sleep(pauseMs);
    }
  }
}

function over(queryable: pg.Pool | pg.ClientBase): Transaction {
  const query = (text: string, parameters: readonly Parameter[] = []): Promise<pg.QueryResult> =>
    queryable.query(text, parameters.map((value) => (value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value)));
  return {
    all: async <Row>(text: string, parameters?: readonly Parameter[]) => (await query(text, parameters)).rows as Row[],
    run: async (text, parameters) => (await query(text, parameters)).rowCount ?? 0,
  };
}

/** Listens on a connection of its own, again and again after it is lost. What was missed meanwhile counts as a change. */
function listenTo(makeClient: () => pg.Client, onChange: () => void): () => void {
  const state = { isWanted: true, hasListened: false, client: makeClient() };
  const end = (): void => { state.client.end().catch(() => undefined); };
  const listenOnce = async (): Promise<void> => {
    const { client } = state;
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => { resolve(); });
    });
    client.on('notification', onChange);
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    if (state.hasListened) onChange();
    state.hasListened = true;
    await ended;
  };
  void (async () => {
    while (state.isWanted) {
      // That the server is away is said to whoever asks it for something.
      await listenOnce().catch(() => undefined);
      end();
      if (!state.isWanted) return;
      await sleep(pauseMs, undefined, { ref: false });
      state.client = makeClient();
    }
  })();
  return () => {
    state.isWanted = false;
    end();
  };
}
