import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { Answerer } from '../contract/wire/answer.ts';
import { contentPolicy, guardHeaders } from '../contract/wire/content-policy.ts';
import type { Desk } from '../contract/wire/desk.ts';
import { Access } from './access.ts';
import { createApp } from './app.ts';

export interface ServeOptions {
  desk: Desk;
  reportFault: Answerer['reportFault'];
  windowFolder: string;
  /** 0: any free one. */
  port: number;
  /** Told the next address when one has been used. */
  onNewAddress: (address: string) => void;
}

export interface BrowserHost {
  port: number;
  /** The address to open, with its one-time token. */
  address(): string;
  close(): Promise<void>;
}

/** A start that cannot be; the message says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Listens on 127.0.0.1 and nowhere else. Rejects with StartError when the port is taken or the window is not built. */
export async function serveDesk(options: ServeOptions): Promise<BrowserHost> {
  if (!existsSync(join(options.windowFolder, 'index.html'))) {
    throw new StartError(`The window is not built: ${options.windowFolder} has no index.html. Run "npm start", which builds it.`);
  }
  const server = createServer();
  const port = await listen(server, options.port);
  const access = new Access(port, () => options.desk.seat());
  const address = (): string => `http://127.0.0.1:${String(port)}/?key=${access.token}`;
  const app = createApp({
    ...options,
    access,
    port,
    onEntry: () => {
      options.onNewAddress(address());
    },
  });
  server.on('request', getRequestListener(app.fetch, { errorHandler: unreadable }));
  return { port, address, close: () => close(server) };
}

/** What cannot be taken apart as a request (a host that is none) does not even reach the app. */
function unreadable(): Response {
  const headers = { ...guardHeaders, 'Content-Security-Policy': contentPolicy(null), 'Cache-Control': 'no-store' };
  return Response.json({ ok: false, code: 'not-allowed', message: 'This is no request that Likeness can read.' }, { status: 400, headers });
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new StartError(portMessage(port, error.code)) : error);
    };
    server.once('error', refuse);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function portMessage(port: number, code: string): string {
  const why = code === 'EACCES' ? 'may not be used by this account' : 'is taken, perhaps by another Likeness';
  return `Port ${String(port)} ${why}. Choose another one with --port NUMBER, or leave it out for any free port.`;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    // Event streams never end by themselves.
    server.closeAllConnections();
  });
}
