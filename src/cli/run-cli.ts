import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { RequestError } from '../contract/request-error.ts';
import type { Answerer } from '../contract/wire/answer.ts';
import { answer } from '../contract/wire/answer.ts';
import { askOver } from '../contract/wire/ask.ts';
import type { Desk, Seat } from '../contract/wire/desk.ts';
import type { Outcome } from './outcome.ts';
import { exitCodes } from './outcome.ts';
import { createProgram } from './program.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** The process around the commands. */
export interface CliHost {
  terminal: Terminal;
  cwd: string;
  version: string;
  /** Where data is kept unless --home says otherwise. */
  defaultHome: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `store`: where the gallery lies, or null. */
  openDesk(home: string, store: string | null): Promise<Desk>;
  /** Puts a backup in the place of a store that no desk has open. */
  restore(home: string, backup: { file: string; passphrase: string }): Promise<{ files: number }>;
  reportFault: Answerer['reportFault'];
  /** Calls the listener for every Ctrl-C; returns the function that stops it. */
  onInterrupt(listener: () => void): () => void;
  /** Runs the browser host in this command's place; resolves with its exit code. */
  serve(options: string[]): Promise<number>;
}

/** One command line from its words to its exit code. Never rejects. */
export async function runCli(words: readonly string[], host: CliHost): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram(host, {
    perform: async (command, work) => {
      exitCode = await perform(host, command, work);
    },
    runAlone: async (command, work) => {
      exitCode = await performAlone(host, command, work);
    },
    serve: async (options) => {
      exitCode = await host.serve(options);
    },
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return failed(host, error, false);
  }
}

async function performAlone(host: CliHost, command: Command, work: () => Promise<Outcome>): Promise<number> {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  try {
    const outcome = await work();
    host.terminal.print(json === true ? JSON.stringify(outcome.json, null, 2) : outcome.text);
    return outcome.exitCode ?? exitCodes.ok;
  } catch (error) {
    return failed(host, error, json === true);
  }
}

type Work = (session: Session) => Promise<Outcome>;

async function perform(host: CliHost, command: Command, work: Work): Promise<number> {
  const { home, store, json } = command.optsWithGlobals<{ home?: string; store?: string; json?: boolean }>();
  const interrupting = new AbortController();
  const stopListening = host.onInterrupt(() => {
    interrupting.abort();
  });
  let desk: Desk | null = null;
  try {
    desk = await host.openDesk(home ?? host.defaultHome, store ?? null);
    const seat = desk.seat();
    const session = sessionOn(host, seat, interrupting.signal);
    if (seat.mustSignIn()) await session.ask('session.signIn', { name: operatorName(host), passphrase: await session.passphrase() });
    else if (desk.isLocked()) await session.ask('protection.unlock', { passphrase: await session.passphrase() });
    const outcome = await work(session);
    host.terminal.print(json === true ? JSON.stringify(outcome.json, null, 2) : outcome.text);
    return outcome.exitCode ?? exitCodes.ok;
  } catch (error) {
    return failed(host, error, json === true);
  } finally {
    await desk?.close();
    stopListening();
  }
}

function sessionOn(host: CliHost, desk: Seat, signal: AbortSignal): Session {
  const answerer = { handlers: desk.handlers, permit: desk.permit, reportFault: host.reportFault };
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new RequestError('cancelled', 'Stopped.'));
    });
  });
  stopped.catch(() => undefined);
  return {
    // A short question is given up at once; a job is cancelled by the one who follows it.
    ask: askOver((name, input) => (name.startsWith('jobs.') ? answer(answerer, name, input) : Promise.race([answer(answerer, name, input), stopped]))),
    desk,
    terminal: host.terminal,
    signal,
    env: host.env,
    passphrase: oncePassphrase(host),
    cwd: host.cwd,
  };
}

/** A store with operators is opened by one of them, and the audit says by whom. */
function operatorName({ env }: CliHost): string {
  const name = env['LIKENESS_OPERATOR'] ?? '';
  if (name === '') throw new RequestError('not-signed-in', 'This store has operators. Set LIKENESS_OPERATOR to your name; the passphrase is read from LIKENESS_PASSPHRASE, or asked for.');
  return name;
}

/** Asked for once a command. */
function oncePassphrase({ env, terminal }: CliHost): () => Promise<string> {
  let known = env['LIKENESS_PASSPHRASE'] ?? '';
  return async () => {
    if (known === '') known = (await terminal.askSecret('Passphrase: ')) ?? '';
    if (known === '') throw new RequestError('locked', 'The store is locked. Set LIKENESS_PASSPHRASE, or run this in a terminal, where it is asked for.');
    return known;
  };
}

function failed({ terminal, reportFault }: CliHost, error: unknown, asJson: boolean): number {
  const known = error instanceof RequestError ? error : null;
  if (known === null) reportFault({ request: 'the command line', error });
  const { code, message } = known ?? { code: 'internal', message: 'Something went wrong inside Likeness. The log has the details.' };
  if (asJson) terminal.print(JSON.stringify({ error: { code, message } }, null, 2));
  terminal.note(code === 'cancelled' ? message : `Error: ${message}`);
  return code === 'cancelled' ? exitCodes.cancelled : exitCodes.error;
}
