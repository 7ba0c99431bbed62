import type { Ask } from '../contract/requests.ts';
import type { Seat } from '../contract/wire/desk.ts';
import type { Terminal } from './terminal.ts';

/** What a command works with. */
export interface Session {
  ask: Ask;
  desk: Seat;
  terminal: Terminal;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  env: Readonly<Record<string, string | undefined>>;
  /** The passphrase of the store: as it was given to unlock it, or asked for now. */
  passphrase: () => Promise<string>;
  /** Folder that relative paths start from. */
  cwd: string;
}
