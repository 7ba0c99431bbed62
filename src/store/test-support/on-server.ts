import { afterAll, beforeAll, describe } from 'vitest';
import type { PostgresServer } from './postgres-server.ts';
import { startPostgres, whyNoPostgres } from './postgres-server.ts';

const reason = whyNoPostgres();
if (reason !== null) process.stderr.write(`The gallery on a server is not tested: ${reason}.\n`);

/** Whether this machine can have a PostgreSQL server; where it cannot, the reason has been told. */
export const hasPostgres = reason === null;

const startLimitMs = 60_000;

/** A PostgreSQL server for the `describe` within which this is called: started before its tests and removed after them. */
export function serverOfDescribe(): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => { server = await startPostgres(); }, startLimitMs);
  afterAll(async () => { await server?.remove(); }, startLimitMs);
  return () => server!;
}

/** Tests that need a PostgreSQL server; passed over where there can be none. */
export function describeOnServer(title: string, tests: (postgres: () => PostgresServer) => void): void {
  describe.skipIf(!hasPostgres)(title, () => { tests(serverOfDescribe()); });
}
