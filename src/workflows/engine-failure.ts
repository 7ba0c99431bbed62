import type { FromEngine } from '../contract/engine-port.ts';
import type { RequestErrorCode } from '../contract/request-error.ts';
import { RequestError } from '../contract/request-error.ts';

/** Codes with which an engine speaks to the user; anything else it throws is a bug. */
const userCodes: readonly string[] = [
  'invalid-input', 'not-found', 'conflict', 'bad-image', 'bad-dataset', 'bad-recipe', 'no-model', 'too-little-data', 'cancelled',
  'not-allowed', 'storage',
] satisfies RequestErrorCode[];

/** The error an engine reported, as an error of this process. */
export function engineFailure({ code, message, stack }: Extract<FromEngine, { type: 'failed' }>): Error {
  if (userCodes.includes(code)) return new RequestError(code as RequestErrorCode, message);
  const bug = new Error(message);
  if (stack !== null) bug.stack = stack;
  return bug;
}
