import { requireEpoch } from '../protection/keyring.ts';
import { base64 } from '../protection/key-slots.ts';
import type { StoreKeys } from '../protection/store-keys.ts';
import type { Vault } from '../protection/vault.ts';
import type { Database } from '../statement.ts';
import { sql, transaction } from '../statement.ts';
import type { ChainedLine, ChainHead, ChainProblem } from './audit-chain.ts';
import { brokenAction, chainStart, findChainProblem, macOf } from './audit-chain.ts';
import { readHead, writeHead } from './head-file.ts';
import { findSecret, newestNumber } from './signing-keys.ts';

export interface NewAuditLine {
  action: string;
  subjectId?: string | null;
  /** Figures and identifiers; never a name. */
  details?: Record<string, unknown>;
  /** The name of whoever acted, if not the one whose request is being answered. */
  operator?: string | null;
}

export interface AuditLine {
  sequence: number;
  at: number;
  action: string;
  subjectId: string | null;
  details: Record<string, unknown>;
  operator: string | null;
}

export interface AuditQuery {
  /** null: all of them. */
  action: string | null;
  subjectId: string | null;
  offset: number;
  limit: number;
}

export interface AuditVerdict {
  lines: number;
  problem: ChainProblem | null;
  /** To be written down elsewhere: with it a later check finds even a folder that was put back to an older state. */
  head: { sequence: number; mac: string } | null;
}

/** What was done with people's data: lines that hang together, so that none can be changed, removed or moved unseen. */
export interface AuditTrail {
  /** On the disk when it returns. @throws RequestError('locked') */
  append(line: NewAuditLine): void;
  /** Newest first. */
  list(query: AuditQuery): { total: number; lines: AuditLine[] };
  all(): AuditLine[];
  actions(): string[];
  verify(): AuditVerdict;
  /** The hash of a line, for comparing it with one that was written down. */
  macOf(sequence: number): string | null;
}

export interface AuditPlace {
  headFile: string;
  /** The name of whoever acts right now; null for nobody. */
  actor: () => string | null;
}

export function auditTrail(database: Database, vault: Vault, { headFile, actor }: AuditPlace): AuditTrail {
  const secrets = new Map<number, Uint8Array>();
  let knownKeys: StoreKeys | null = null;
  const secretOf = (number: number): Uint8Array | undefined => {
    const keys = vault.keys();
    if (keys !== knownKeys) secrets.clear();
    knownKeys = keys;
    const secret = secrets.get(number) ?? findSecret(database, keys, { purpose: 'audit', number });
    if (secret !== undefined) secrets.set(number, secret);
    return secret;
  };

  /** Within a transaction. */
  function chain({ action, subjectId = null, details = {}, operator = actor() }: NewAuditLine): ChainedLine {
    requireEpoch(database, vault.keys().epoch);
    const last = lastLine(database);
    const key = newestNumber(database, 'audit');
    const content = { sequence: (last?.sequence ?? 0) + 1, at: Date.now(), action, subjectId, details: JSON.stringify(details), operator, key };
    const previous = last?.mac ?? chainStart;
    const line = { ...content, previous, mac: macOf(secretOf(key)!, previous, content) };
    insertLine(database, line);
    return line;
  }

  return {
    append: (line) => {
      const written = transaction(database, () => {
        // Writing on would paper over a cut: it is written down first, for ever.
        const head = readHead(headFile, secretOf);
        if (!reaches(database, head)) chain({ action: brokenAction, operator: null, details: { anchored: head?.sequence ?? null, found: lastLine(database)?.sequence ?? 0 } });
        return chain(line);
      });
      writeHead(headFile, written, { number: written.key, secret: secretOf(written.key)! });
    },
    list: (query) => ({ total: countLines(database, query), lines: listLines(database, query).map(fromRow) }),
    all: () => [...iterateLines(database)].map(fromRow),
    actions: () => sql<{ action: string }>(database, 'SELECT DISTINCT action FROM audit_lines ORDER BY action').all().map(({ action }) => action),
    verify: () => {
      vault.keys();
      const last = lastLine(database);
      const problem = findChainProblem(iterateLines(database), secretOf, readHead(headFile, secretOf));
      return { lines: last?.sequence ?? 0, problem, head: last === undefined ? null : { sequence: last.sequence, mac: base64(last.mac) } };
    },
    macOf: (sequence) => {
      const row = sql<{ mac: Uint8Array }>(database, 'SELECT mac FROM audit_lines WHERE sequence = @sequence').get({ sequence });
      return row === undefined ? null : base64(row.mac);
    },
  };
}

/** Whether the log still holds the line that the anchor names. The anchor may lag: a crash can come between the line and it. */
function reaches(database: Database, head: ChainHead | null): boolean {
  if (head === null) return lastLine(database) === undefined;
  const row = sql<{ mac: Uint8Array }>(database, 'SELECT mac FROM audit_lines WHERE sequence = @sequence').get({ sequence: head.sequence });
  return row !== undefined && Buffer.from(row.mac).equals(head.mac);
}

const columns = 'sequence, at, action, subject_id AS subjectId, details, operator, key, previous, mac';

function lastLine(database: Database): ChainedLine | undefined {
  return sql<ChainedLine>(database, `SELECT ${columns} FROM audit_lines ORDER BY sequence DESC LIMIT 1`).get();
}

function insertLine(database: Database, line: ChainedLine): void {
  sql(
    database,
    `INSERT INTO audit_lines (sequence, at, action, subject_id, details, operator, key, previous, mac)
     VALUES (@sequence, @at, @action, @subjectId, @details, @operator, @key, @previous, @mac)`,
  ).run({ ...line });
}

const pieceLength = 5000;

function* iterateLines(database: Database): Generator<ChainedLine, void> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const piece = sql<ChainedLine>(database, `SELECT ${columns} FROM audit_lines WHERE sequence > @after ORDER BY sequence LIMIT @limit`).all({ after, limit: pieceLength });
    yield* piece;
    if (piece.length < pieceLength) return;
    after = piece.at(-1)!.sequence;
  }
}

const fits = '(@action IS NULL OR action = @action) AND (@subjectId IS NULL OR subject_id = @subjectId)';

function listLines(database: Database, query: AuditQuery): ChainedLine[] {
  return sql<ChainedLine>(database, `SELECT ${columns} FROM audit_lines WHERE ${fits} ORDER BY sequence DESC LIMIT @limit OFFSET @offset`).all({ ...query });
}

function countLines(database: Database, { action, subjectId }: AuditQuery): number {
  return sql<{ count: number }>(database, `SELECT count(*) AS count FROM audit_lines WHERE ${fits}`).get({ action, subjectId })!.count;
}

function fromRow({ sequence, at, action, subjectId, details, operator }: ChainedLine): AuditLine {
  return { sequence, at, action, subjectId, details: JSON.parse(details) as Record<string, unknown>, operator };
}
