import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RequestError } from '../contract/request-error.ts';
import type { Answerer } from '../contract/wire/answer.ts';
import { answer } from '../contract/wire/answer.ts';
import { decodeBytes, encodeBytes } from '../contract/wire/bytes.ts';
import { contentPolicy, guardHeaders } from '../contract/wire/content-policy.ts';
import type { Seat } from '../contract/wire/desk.ts';
import { heartbeatMs, imageSide, largestBodyBytes } from '../contract/wire/ports.ts';
import { eventStream } from './events.ts';
import type { Guarded, GuardOptions } from './guard.ts';
import { guard, refuse } from './guard.ts';
import { serveWindow } from './window-files.ts';

export interface AppOptions extends GuardOptions {
  reportFault: Answerer['reportFault'];
  /** Folder of the built window (out/renderer). */
  windowFolder: string;
}

/** The browser host: the built window, its questions, its events and its pictures, for one browser only. */
export function createApp(options: AppOptions): Hono<Guarded> {
  const app = new Hono<Guarded>();
  app.use(guardedHeaders);
  app.use(guard(options));
  app.use('/ask/*', bodyLimit({ maxSize: largestBodyBytes, onError: (context) => refuse(context, 413, tooLarge) }));
  app.post('/ask/:name', (context) => {
    const { handlers, permit } = context.get('seat');
    return ask(context, { handlers, permit, reportFault: options.reportFault });
  });
  app.get('/events', (context) => {
    context.header('Content-Type', 'text/event-stream; charset=utf-8');
    context.header('Cache-Control', 'no-store');
    return context.body(eventStream(context.get('seat'), heartbeatMs));
  });
  app.get('/images/:id', (context) => image(context, context.get('seat')));
  app.get('*', (context) => serveWindow(context, options.windowFolder));
  app.notFound((context) => refuse(context, 404, 'There is nothing at this address.'));
  app.onError((error, context) => {
    options.reportFault({ request: context.req.path, error });
    const message = 'Something went wrong inside Likeness. The log has the details.';
    return context.req.method === 'POST' ? context.json({ ok: false, code: 'internal', message }, 500) : context.text(`${message}\n`, 500);
  });
  return app;
}

const tooLarge = `A request may have ${String(largestBodyBytes / 1024 / 1024)} MB at most; send large pictures one at a time.`;

const guardedHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(guardHeaders)) context.res.headers.set(name, value);
  if (!context.res.headers.has('Content-Security-Policy')) context.res.headers.set('Content-Security-Policy', contentPolicy(null));
};

async function ask(context: Context, answerer: Answerer): Promise<Response> {
  context.header('Cache-Control', 'no-store');
  if (!/^application\/json\b/.test(context.req.header('content-type') ?? '')) {
    return refuse(context, 415, 'A request is sent as application/json.');
  }
  const input = readInput(await context.req.text());
  if (input === unreadable) return refuse(context, 400, 'The body of this request is not the JSON that Likeness writes.');
  const reply = await answer(answerer, context.req.param('name'), input);
  return context.body(encodeBytes(reply), 200, { 'Content-Type': 'application/json; charset=utf-8' });
}

const unreadable = Symbol('unreadable');

function readInput(body: string): unknown {
  try {
    return decodeBytes(body);
  } catch (error) {
    // A RangeError: nested deeper than the reader's own stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return unreadable;
    throw error;
  }
}

async function image(context: Context, seat: Seat): Promise<Response> {
  // Faces must not stay in the browser's cache after they are deleted here.
  context.header('Cache-Control', 'no-store');
  try {
    const { bytes, mimeType } = await seat.image(context.req.param('id') ?? '', imageSide(context.req.query('size')));
    return context.body(new Uint8Array(bytes), 200, { 'Content-Type': mimeType });
  } catch (error) {
    if (error instanceof RequestError) return refuse(context, error.code === 'not-allowed' || error.code === 'not-signed-in' ? 403 : 404, error.message);
    throw error;
  }
}
