import { readSetting, removeSetting, writeSetting } from '../settings.ts';
import type { Database } from '../statement.ts';
import type { AuditTrail, NewAuditLine } from './audit-trail.ts';

/** Its first use was failed sign-ins. */
const waitingKey = 'sign-ins-while-locked';
const mostWaiting = 200;

/** A locked store has no key to write its audit with: what happens meanwhile waits in the clear, the newest of it. */
export function addWaitingLines(database: Database, lines: readonly NewAuditLine[]): void {
  writeSetting(database, waitingKey, [...waitingLines(database), ...lines].slice(-mostWaiting));
}

/** Writes down what waited; once the store is open. */
export function tellWaitingLines({ database, audit }: { database: Database; audit: AuditTrail }): void {
  const waiting = waitingLines(database);
  for (const line of waiting) audit.append(line);
  if (waiting.length > 0) removeSetting(database, waitingKey);
}

function waitingLines(database: Database): NewAuditLine[] {
  return (readSetting(database, waitingKey) as NewAuditLine[] | undefined) ?? [];
}
