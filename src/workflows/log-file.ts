import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log } from './workbench.ts';

/**
 * The log of every door, one JSON line an entry, in logs/likeness.log of the data folder. The file is made by the first
 * entry; where that fails the entries go to stderr, so that nothing is lost silently.
 */
export function logFile(home: string): Log {
  let logger: pino.Logger | null = null;
  return (message, details) => {
    logger ??= open(join(home, 'logs'));
    if (details instanceof Error) logger.error({ err: details }, message);
    else logger.info({ details }, message);
  };
}

function open(folder: string): pino.Logger {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return pino({ base: { pid: process.pid } }, pino.destination({ dest: join(folder, 'likeness.log'), mode: 0o600, sync: true }));
  } catch {
    return pino({ base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
  }
}
