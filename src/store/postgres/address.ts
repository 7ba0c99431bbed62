import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { RequestError } from '../../contract/request-error.ts';

/** Where a gallery lies on a PostgreSQL server, as far as it may be kept and shown: without a password. */
export interface ServerAddress {
  /** postgres://user@host:port/database?sslmode=... */
  text: string;
  host: string;
  port: number;
  database: string;
  user: string | undefined;
  /** From the address; else node-postgres looks at PGPASSWORD and ~/.pgpass. */
  password: string | undefined;
  /** False: unencrypted, which is allowed on this machine only. */
  tls: ConnectionOptions | false;
}

const defaultPort = 5432;
const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;

/** Whether a text names a server rather than the data folder. */
export const isServerAddress = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

/**
 * Reads postgres://user@host:port/database?sslmode=disable|require|verify-ca|verify-full&sslrootcert=FILE, as libpq does, but safer where
 * nothing is said: on another machine TLS with the whole certificate checked (verify-full), on this one none.
 *
 * @throws RequestError('invalid-input')
 */
export function readAddress(text: string): ServerAddress {
  const url = isServerAddress(text) && URL.canParse(text) ? new URL(text) : null;
  const database = url === null ? '' : decodeURIComponent(url.pathname.slice(1));
  if (url === null || url.hostname === '' || database === '') {
    throw invalid('It is not an address of a gallery. Write it as postgres://user@host:5432/database?sslmode=verify-full');
  }
  const unknown = [...url.searchParams.keys()].filter((key) => key !== 'sslmode' && key !== 'sslrootcert');
  if (unknown.length > 0) throw invalid(`The address has a part "${unknown[0]}" that Likeness does not know. It knows sslmode and sslrootcert.`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = readTls(url.searchParams, host);
  const [user, password] = [url.username, url.password].map((part) => (part === '' ? undefined : decodeURIComponent(part)));
  url.password = '';
  return { text: url.href, host, port: url.port === '' ? defaultPort : Number(url.port), database, user, password, tls };
}

function readTls(parameters: URLSearchParams, host: string): ConnectionOptions | false {
  const isHere = /^(localhost|127(\.\d+){3}|::1)$/.test(host);
  const mode = parameters.get('sslmode') ?? (isHere ? 'disable' : 'verify-full');
  if (!modes.includes(mode as (typeof modes)[number])) throw invalid(`sslmode is "${mode}". It must be one of ${modes.join(', ')}.`);
  if (mode === 'disable') {
    if (isHere) return false;
    throw invalid(`sslmode=disable would send what is stored in the clear to ${host}. Leave it out, or use verify-full.`);
  }
  const file = parameters.get('sslrootcert');
  const ca = file === null ? {} : { ca: readCertificate(file) };
  // As libpq: "require" encrypts for whoever answers; "verify-ca" wants a certificate of the authority, whatever its name.
  if (mode === 'require') return { rejectUnauthorized: false };
  return mode === 'verify-ca' ? { ...ca, checkServerIdentity: () => undefined } : ca;
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid(`The certificate ${file} cannot be read (${error instanceof Error ? error.message : String(error)}). Check sslrootcert in the address.`);
  }
}

const invalid = (message: string): RequestError => new RequestError('invalid-input', message);
