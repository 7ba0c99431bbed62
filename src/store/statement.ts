import type BetterSqlite3 from 'better-sqlite3';
import { inPlainWords } from './storage-error.ts';

export type Database = BetterSqlite3.Database;
export type Parameter = string | number | null | Uint8Array;
export type Parameters = Record<string, Parameter>;

/** One SQL statement, ready to run. What SQLite refuses for reasons outside the program is said in plain words. */
export interface Statement<Row> {
  /** Number of rows changed. */
  run(parameters?: Parameters): number;
  get(parameters?: Parameters): Row | undefined;
  all(parameters?: Parameters): Row[];
}

const prepared = new WeakMap<Database, Map<string, BetterSqlite3.Statement<[Parameters], unknown>>>();

/** The statement of this text, prepared once for each database. Parameters are named: `@name`. */
export function sql<Row = unknown>(database: Database, text: string): Statement<Row> {
  const guarded = <Value>(work: (statement: BetterSqlite3.Statement<[Parameters], unknown>) => Value): Value =>
    inPlainWords(database.name, () => work(statementOf(database, text)));
  return {
    run: (parameters = {}) => guarded((statement) => statement.run(parameters).changes),
    get: (parameters = {}) => guarded((statement) => statement.get(parameters) as Row | undefined),
    all: (parameters = {}) => guarded((statement) => statement.all(parameters) as Row[]),
  };
}

/** All or nothing. It takes the write lock at once, so that nobody writes between its reads and its writes. */
export function transaction<Value>(database: Database, work: () => Value): Value {
  if (database.inTransaction) return work();
  return inPlainWords(database.name, () => database.transaction(work).immediate());
}

function statementOf(database: Database, text: string): BetterSqlite3.Statement<[Parameters], unknown> {
  const known = prepared.get(database) ?? new Map<string, BetterSqlite3.Statement<[Parameters], unknown>>();
  prepared.set(database, known);
  const statement = known.get(text) ?? database.prepare<[Parameters], unknown>(text);
  known.set(text, statement);
  return statement;
}
