import { parseArgs } from 'node:util';

export interface ServerOptions {
  port: number;
  home: string;
  opensBrowser: boolean;
  asJson: boolean;
}

export const usage = 'Usage: npm start -- [--open | --no-open] [--port NUMBER] [--home DIR] [--json]';

/** Words on the command line that mean nothing here. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function readServerOptions(words: readonly string[], defaultHome: string): ServerOptions {
  const values = parse(words);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port wants a whole number from 0 to 65535, not "${values.port ?? ''}".`);
  return { port, home: values.home ?? defaultHome, opensBrowser: values.open ?? false, asJson: values.json ?? false };
}

const known = { open: { type: 'boolean' }, port: { type: 'string' }, home: { type: 'string' }, json: { type: 'boolean' } } as const;

function parse(words: readonly string[]): { open?: boolean; port?: string; home?: string; json?: boolean } {
  try {
    return parseArgs({ args: [...words], allowNegative: true, options: known }).values;
  } catch (error) {
    // parseArgs says in a sentence which word it does not know.
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
