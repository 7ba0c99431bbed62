import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL server of the test's own, on a free loopback port, with its files in a temporary folder. */
export interface PostgresServer {
  /** An address of a database that nobody has used yet. */
  freshDatabase(sslmode?: string): Promise<string>;
  /** An address of a database with the same content; nobody may be connected to the original. */
  copyOf(address: string): Promise<string>;
  /** kill -9 of one of the processes that serve Likeness in this database; the server then starts all its processes anew. */
  killBackend(address: string, random: () => number): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Where its files lie. */
  folder: string;
  /** Its certificate, signed by itself for localhost; null where openssl is missing. */
  certificate: string | null;
  remove(): Promise<void>;
}

/** Why there can be no server here; null when there can. */
export function whyNoPostgres(): string | null {
  if (process.platform === 'win32') return 'the tests start PostgreSQL on Linux and macOS only';
  if (findBin() === null) return 'PostgreSQL is not installed (apt-get install postgresql)';
  return process.getuid!() === 0 && postgresUser() === null ? 'PostgreSQL refuses to run as root, and there is no user "postgres"' : null;
}

/** Debian keeps initdb and postgres off the PATH. */
function findBin(): string | null {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`) : [];
  return [...debian, ...(process.env['PATH'] ?? '').split(delimiter)].find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null;
}

interface User {
  uid: number;
  gid: number;
}

/** Whom the server runs as when the tests run as root. */
function postgresUser(): User | null {
  const idOf = (option: string): number => Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout);
  return spawnSync('id', ['postgres']).status === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null;
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = findBin()!;
  const user = process.getuid!() === 0 ? postgresUser()! : null;
  const folder = mkdtempSync(join(tmpdir(), 'likeness-postgres-'));
  const own = (path: string): void => { if (user !== null) chownSync(path, user.uid, user.gid); };
  own(folder);
  const as = { ...(user ?? {}), cwd: folder };
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'likeness', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'], { ...as, stdio: 'ignore' });
  const certificate = makeCertificate(folder, own);
  const port = await freePort();
  const settings = ['fsync=off', 'max_connections=60', 'shared_buffers=32MB', `unix_socket_directories='${folder}'`, `listen_addresses='127.0.0.1'`, `port=${port}`];
  if (certificate !== null) settings.push('ssl=on', `ssl_cert_file='${certificate}'`, `ssl_key_file='${join(folder, 'server.key')}'`);
  writeFileSync(join(data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
  own(join(data, 'postgresql.auto.conf'));

  let running: ChildProcess | null = null;
  let databases = 0;
  const addressOf = (database: string): string => `postgres://likeness@localhost:${port}/${database}`;
  const start = async (): Promise<void> => {
    running = spawn(join(bin, 'postgres'), ['-D', data], { ...as, stdio: 'ignore' });
    await untilItAnswers(addressOf('postgres'));
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => running?.once('exit', resolve));
    // "Fast": connections are ended, as when somebody restarts the server.
    running?.kill('SIGINT');
    await ended;
    running = null;
  };
  await start();
  return {
    folder, certificate, start, stop,
    freshDatabase: async (sslmode) => {
      const name = `gallery_${++databases}`;
      await query(addressOf('postgres'), `CREATE DATABASE ${name}`);
      return `${addressOf(name)}${sslmode === undefined ? '' : `?sslmode=${sslmode}`}`;
    },
    copyOf: async (address) => {
      const name = `gallery_${++databases}`;
      await untilItAnswers(addressOf('postgres'));
      await query(addressOf('postgres'), `CREATE DATABASE ${name} TEMPLATE ${new URL(address).pathname.slice(1)}`);
      // Else a crash right afterwards turns the copied sequences back: what is copied counts as logged ahead, and was not (PostgreSQL 15, WAL_LOG).
      await query(addressOf('postgres'), 'CHECKPOINT');
      return addressOf(name);
    },
    killBackend: async (address, random) => {
      const backends = (await query(address, `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'Likeness on %'`)) as { pid: number }[];
      const one = backends[Math.floor(random() * backends.length)];
      if (one !== undefined) process.kill(one.pid, 'SIGKILL');
    },
    remove: async () => {
      if (running !== null) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a statement beside Likeness. */
export async function query(address: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: address.split('?')[0]! });
  await client.connect();
  try {
    return (await client.query(text)).rows as unknown[];
  } finally {
    await client.end();
  }
}

function makeCertificate(folder: string, own: (path: string) => void): string | null {
  const [certificate, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const { status } = spawnSync('openssl', [
    'req', '-new', '-x509', '-days', '2', '-nodes', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate,
  ], { stdio: 'ignore' });
  if (status !== 0) return null;
  own(certificate);
  own(key);
  return certificate;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => { resolve(port); });
    });
  });
}

const answerLimitMs = 30_000;
const pauseMs = 100;

async function untilItAnswers(address: string): Promise<void> {
  const until = Date.now() + answerLimitMs;
  for (;;) {
    try {
      await query(address, 'SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(pauseMs);
    }
  }
}
