import { RequestError } from '../../contract/request-error.ts';
import type { ServerAddress } from './address.ts';

/** What the codes of PostgreSQL and of the network mean for the person at the desk. */
const sentences: Record<string, (at: string) => string> = {
  '28P01': (at) => `The server at ${at} refused the password. Give the right one in PGPASSWORD or in ~/.pgpass.`,
  '3D000': (at) => `The server at ${at} has no such database. Make it (createdb), or correct the address.`,
  '42501': (at) => `The user may not do this at ${at}. The user must own the database, or be allowed to create a schema in it.`,
  '53100': (at) => `The disk of the server at ${at} is full. Nothing was half written: free some space there and try again.`,
  '53300': (at) => `The server at ${at} has no connection left. Close other programs that use it, or raise its max_connections.`,
  '25006': (at) => `The server at ${at} is read-only now (a standby). Use the address of the primary server.`,
  '40001': (at) => `Another station at ${at} changed the same thing at the same moment. Nothing was written; try again.`,
  '40P01': (at) => `Another station at ${at} changed the same thing at the same moment. Nothing was written; try again.`,
  '55P03': (at) => `Another station at ${at} kept the gallery locked for too long. Try again when it has ended its work.`,
  ENOTFOUND: (at) => `The server's name in ${at} is not known here. Check the address.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (at) => `The certificate of ${at} is signed by itself. Name the authority with sslrootcert=FILE in the address.`,
  SELF_SIGNED_CERT_IN_CHAIN: (at) => `The certificate of ${at} is from an authority that is not known here. Name it with sslrootcert=FILE in the address.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (at) => `The certificate of ${at} is from an authority that is not known here. Name it with sslrootcert=FILE in the address.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (at) => `The certificate of ${at} is made out to another name. Use the name in the certificate, or sslmode=verify-ca.`,
};

const lostCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', '57P01', '57P02', '57P03', '08006', '08003', '08001'];

/** Whether the connection is gone, as when the server is restarted, and it may be worth trying again. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return lostCodes.includes(codeOf(error)) || /Connection terminated|timeout expired|Client has encountered a connection error/i.test(error.message);
}

/** Whether another station held for too long what this one wanted to change. */
export function isLockedOut(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '55P03';
}

/** Turns what is no bug of ours into RequestError('storage'). `holder` says who keeps the gallery locked with what, where that is known. */
export function inServersWords(error: unknown, { text, tls }: ServerAddress, holder: string | null = null): unknown {
  if (!(error instanceof Error) || error instanceof RequestError) return error;
  const code = codeOf(error);
  if (holder !== null) return new RequestError('storage', `${holder} at ${text}. Nothing was changed here, and reading goes on meanwhile: try again in a moment.`);
  if (isLost(error)) {
    return new RequestError('storage', `The gallery's server at ${text} does not answer (${code || error.message}). Start the server or check the network, then try again. A window that is open connects again by itself.`);
  }
  if (tls !== false && /does not support SSL/i.test(error.message)) {
    return new RequestError('storage', `The server at ${text} does not speak TLS. Turn it on there (ssl = on), or reach it through a tunnel on this machine.`);
  }
  if (code === '28000') return new RequestError('storage', `${notLetIn(text, tls)} (${code})`);
  if (/client password must be a/i.test(error.message)) {
    return new RequestError('storage', `The server at ${text} wants a password, and none was given. Give it in PGPASSWORD or in ~/.pgpass.`);
  }
  const sentence = sentences[code];
  return sentence === undefined ? error : new RequestError('storage', `${sentence(text)} (${code})`);
}

/** Servers that want TLS refuse whoever comes without as they refuse a user whom they do not know. */
function notLetIn(at: string, tls: ServerAddress['tls']): string {
  const refused = `The server at ${at} does not let this user in`;
  return tls === false
    ? `${refused} without TLS. Add ?sslmode=verify-full to the address; if that does not help, check the user in it, or ask whoever runs the server.`
    : `${refused}. Check the user in the address, or ask whoever runs the server.`;
}

function codeOf(error: Error): string {
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node tries every address of a name, and gathers how each failed.
  return own === '' && error instanceof AggregateError && error.errors[0] instanceof Error ? codeOf(error.errors[0]) : own;
}
