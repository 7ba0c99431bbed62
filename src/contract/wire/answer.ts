import type { Answer, Handlers, RequestName } from '../requests.ts';
import { requestTable } from '../requests.ts';
import { RequestError } from '../request-error.ts';
import { describeIssues } from './describe-issues.ts';

/** A bug met while answering; the asker hears only that it happened. */
export interface Fault {
  /** The request's name, or the address's path. */
  request: string;
  error: unknown;
}

export interface Answerer {
  handlers: Handlers;
  /** @throws RequestError for what whoever is at this door may not ask. */
  permit: (name: RequestName) => void;
  reportFault: (fault: Fault) => void;
}

/**
 * The wall: everything that comes through a door is judged here, once: is it a request, may they ask it, does it fit. Never rejects. `name` and `input` may be anything;
 * a known request whose input fits its schema reaches its handler with the defaults filled in.
 */
export async function answer(desk: Answerer, name: unknown, input: unknown): Promise<Answer<unknown>> {
  if (!isRequestName(name)) return refusal('not-found', `Likeness knows no request called ${quoted(name)}.`);
  try {
    desk.permit(name);
    const parsed = requestTable[name].input.safeParse(input);
    if (!parsed.success) return refusal('invalid-input', `${describeIssues(parsed.error.issues)}.`);
    const handler = desk.handlers[name] as (input: unknown) => unknown;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    if (error instanceof RequestError) return refusal(error.code, error.message);
    desk.reportFault({ request: name, error });
    return refusal('internal', `Something went wrong inside Likeness while it answered ${name}. The log has the details.`);
  }
}

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requestTable, name);
}

function refusal(code: string, message: string): Answer<never> {
  return { ok: false, code, message };
}

function quoted(name: unknown): string {
  return typeof name === 'string' ? `"${name.slice(0, 60)}"` : 'that';
}
