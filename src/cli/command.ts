import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { RequestError } from '../contract/request-error.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

/** Runs a command's work on an open desk, prints what comes of it, and keeps the exit code. */
export type Perform = (command: Command, work: (session: Session) => Promise<Outcome>) => Promise<void>;

/** Adds commands to the program. */
export type Register = (program: Command, perform: Perform) => void;

/** A command with the options that all of them have. */
export function addCommand(program: Command, usage: string, summary: string): Command {
  return program
    .command(usage)
    .summary(summary)
    .description(`${summary}.`)
    .option('--json', 'print the answer as JSON, and nothing else, on stdout')
    .option('--home <dir>', 'data folder to work in (else $LIKENESS_HOME, else the platform\'s own)')
    .option('--store <address>', 'where the gallery lies: postgres://..., or "local" (else $LIKENESS_STORE, else where it was moved to)');
}

/** A reader of a number for commander's options; complains in its words. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${String(least)} to ${String(most)}.`);
    }
    return number;
  };
}

/** The last moment of a day like 2027-12-31, here. @throws RequestError('invalid-input') */
export function endOfDay(text: string): number {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T23:59:59.999`).getTime() : Number.NaN;
  if (Number.isNaN(moment)) throw new RequestError('invalid-input', `"${text}" is no day. Write it as 2027-12-31.`);
  return moment;
}
