import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Seat } from '../contract/wire/desk.ts';
import type { Access } from './access.ts';

/** What the guard hands on: at which place of the desk the request was made. */
export interface Guarded {
  Variables: { seat: Seat };
}

export interface GuardOptions {
  access: Access;
  port: number;
  /** Told when a token has been spent, so that the next address can be shown. */
  onEntry: () => void;
}

/** Nothing passes but our own page, in the browser that opened the address Likeness printed. */
export function guard(options: GuardOptions): MiddlewareHandler<Guarded> {
  return async (context, next) => {
    const objection = foreignOrigin(context, options.port);
    if (objection !== null) return refuse(context, 403, objection);
    const token = context.req.path === '/' && context.req.method === 'GET' ? context.req.query('key') : undefined;
    if (token !== undefined) return enter(context, token, options);
    if (crossesSites(context)) return refuse(context, 403, 'Likeness answers only its own page, and this request came from another one.');
    const seat = options.access.seatOf(getCookie(context, options.access.cookieName));
    if (seat === undefined) return refuse(context, 401, notOpened);
    context.set('seat', seat);
    return next();
  };
}

const notOpened =
  'This browser has not been let in. Open the address that Likeness printed in the terminal when it started (each works once); if it has been used, the terminal shows the next one.';

/** A page of another site may reach 127.0.0.1, and a rebound DNS name too: the names give both away. */
function foreignOrigin(context: Context, port: number): string | null {
  const hosts = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  const host = context.req.header('host') ?? '';
  if (!hosts.includes(host)) return `Likeness answers at http://${hosts[0] ?? ''}/ and not under another name.`;
  const origin = context.req.header('origin');
  const isOwn = origin === `http://${host}`;
  if (origin !== undefined && !isOwn) return `Likeness answers only its own page, not ${origin.slice(0, 100)}.`;
  const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
  return isReading || isOwn ? null : 'A request that changes something must say which page it comes from (Origin).';
}

function crossesSites(context: Context): boolean {
  const from = context.req.header('sec-fetch-site');
  if (from === undefined || from === 'same-origin' || from === 'none') return false;
  // A link on another page may open ours (the cookie, SameSite=Strict, then stays away); it may not read anything.
  return context.req.header('sec-fetch-mode') !== 'navigate';
}

function enter(context: Context, token: string, { access, onEntry }: GuardOptions): Response {
  const isIn = access.seatOf(getCookie(context, access.cookieName)) !== undefined;
  const cookie = isIn ? null : access.spend(token);
  if (!isIn && cookie === null) return refuse(context, 401, notOpened);
  if (cookie !== null) {
    setCookie(context, access.cookieName, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' });
    onEntry();
  }
  context.header('Cache-Control', 'no-store');
  // After a click on another site's page a redirect would still count as coming from there, and bring no cookie.
  if (context.req.header('sec-fetch-site') !== 'cross-site') return context.redirect('/', 303);
  return context.html('<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Likeness</title><a href="/">Open Likeness</a>');
}

/** A plain sentence for who reads an address; as the data that the window expects for who asks. */
export function refuse(context: Context, status: 400 | 401 | 403 | 404 | 413 | 415, message: string): Response {
  context.header('Cache-Control', 'no-store');
  if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return context.json({ ok: false, code: status === 404 ? 'not-found' : 'not-allowed', message }, status);
  return context.text(`${message}\n`, status);
}
