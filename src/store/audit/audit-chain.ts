import { createHmac, timingSafeEqual } from 'node:crypto';

/** One line of the audit as it is chained: what was done, to whom, when. Nothing in it names anybody but the operator who did it. */
export interface AuditLineContent {
  sequence: number;
  at: number;
  action: string;
  subjectId: string | null;
  /** JSON as it is kept: the hash is over these very characters. */
  details: string;
  /** The name of whoever acted; null where nobody was signed in. */
  operator: string | null;
  /** Number of the key that the hash was made with. */
  key: number;
}

export interface ChainedLine extends AuditLineContent {
  previous: Uint8Array;
  mac: Uint8Array;
}

/** What the first line follows. */
export const chainStart = new Uint8Array(32);

/** HMAC-SHA-256 over the hash of the line before and everything the line says. Lines of before there were operators have the same hash as ever. */
export function macOf(secret: Uint8Array, previous: Uint8Array, { sequence, at, action, subjectId, details, key, operator }: AuditLineContent): Uint8Array {
  const said = [sequence, at, action, subjectId, details, key, ...(operator === null ? [] : [operator])];
  return createHmac('sha256', secret).update(previous).update(JSON.stringify(said)).digest();
}

export type ChainProblem = { sequence: number; kind: 'changed' | 'removed' | 'out-of-order' | 'truncated' | 'no-anchor' | 'broken-before'; message: string };

/** How far the chain reached when it was last written: kept outside the table, sealed by the same key. */
export interface ChainHead {
  sequence: number;
  mac: Uint8Array;
}

/** A line with this action says that the chain had been found broken when the log was written next. */
export const brokenAction = 'audit.broken';

/**
 * The first thing that is wrong with a chain, or null.
 *
 * @param lines in the order of their sequence.
 * @param secretOf by the number of the key.
 */
export function findChainProblem(lines: Iterable<ChainedLine>, secretOf: (key: number) => Uint8Array | undefined, head: ChainHead | null): ChainProblem | null {
  let last: ChainHead = { sequence: 0, mac: chainStart };
  let isAnchored = head !== null && head.sequence === 0;
  for (const line of lines) {
    const problem = problemOf(line, last, secretOf(line.key));
    if (problem !== null) return problem;
    if (line.action === brokenAction) return { sequence: line.sequence, kind: 'broken-before', message: `Line ${line.sequence} says that lines before it had been taken away when it was written.` };
    last = { sequence: line.sequence, mac: line.mac };
    if (head?.sequence === line.sequence) {
      if (!isSame(head.mac, line.mac)) return { sequence: line.sequence, kind: 'changed', message: `Line ${line.sequence} is not the one that the anchor outside the log names.` };
      isAnchored = true;
    }
  }
  if (last.sequence === 0 && head === null) return null;
  if (head === null) return { sequence: last.sequence, kind: 'no-anchor', message: 'The anchor outside the log (audit.head) is missing or was changed, so nobody can say whether lines were cut off at the end.' };
  if (!isAnchored) return { sequence: last.sequence, kind: 'truncated', message: `The log ends with line ${last.sequence}, and it had ${head.sequence}: the last ${head.sequence - last.sequence} were cut off.` };
  return null;
}

function problemOf(line: ChainedLine, last: ChainHead, secret: Uint8Array | undefined): ChainProblem | null {
  const { sequence } = line;
  if (sequence !== last.sequence + 1) {
    return { sequence, kind: 'removed', message: `Between line ${last.sequence} and line ${sequence}, lines are missing: ${sequence - last.sequence - 1}.` };
  }
  if (secret === undefined || !isSame(line.mac, macOf(secret, line.previous, line))) return { sequence, kind: 'changed', message: `Line ${sequence} was changed, or put in the place of another.` };
  if (!isSame(line.previous, last.mac)) return { sequence, kind: 'out-of-order', message: `Line ${sequence} does not follow the line that stands before it.` };
  return null;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
