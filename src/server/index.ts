import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RequestError } from '../contract/request-error.ts';
import { defaultHome } from '../contract/wire/home-folder.ts';
import { logFile } from '../workflows/log-file.ts';
import { openBrowser } from './open-browser.ts';
import type { OpenHost } from './open-host.ts';
import { openHost } from './open-host.ts';
import { StartError } from './serve.ts';
import type { ServerOptions } from './server-options.ts';
import { readServerOptions, usage, UsageError } from './server-options.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function announce({ host }: OpenHost, { asJson, opensBrowser }: ServerOptions): Promise<void> {
  const address = host.address();
  if (asJson) return say(JSON.stringify({ address, port: host.port }));
  const isOpened = opensBrowser && (await openBrowser(process, address));
  say(`Likeness is ready at ${address}`);
  say(`${isOpened ? 'Your browser is opening it.' : 'Open this address in a browser on this machine.'} It works once. Ctrl-C ends Likeness.`);
}

/** One Ctrl-C may arrive twice, from the terminal and from a launcher that passes it on. */
const sameSignalMs = 400;

/** The first signal closes everything; a second one does not wait. */
function closeAtSignal(opened: OpenHost): void {
  let first: number | null = null;
  const end = (): void => {
    const now = performance.now();
    if (first !== null && now - first > sameSignalMs) process.exit(130);
    if (first !== null) return;
    first = now;
    complain('Closing Likeness.');
    opened.close().then(() => process.exit(0), (error: unknown) => {
      complain(`Likeness could not close cleanly: ${String(error)}`);
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

async function main(): Promise<void> {
  const options = readServerOptions(process.argv.slice(2), defaultHome({ platform: process.platform, env: process.env, userFolder: homedir() }));
  const log = logFile(options.home);
  process.on('uncaughtExceptionMonitor', (error) => { log('The browser host met a bug and ends.', error); });
  const opened = await openHost({
    root, windowFolder: join(root, 'out', 'renderer'), version, home: options.home, port: options.port, log,
    onNewAddress: (address) => { if (!options.asJson) say(`For another browser: ${address}`); },
  });
  closeAtSignal(opened);
  await announce(opened, options);
}

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) complain(`${error.message}\n${usage}`);
  else if (error instanceof StartError || error instanceof RequestError) complain(error.message);
  else throw error;
  process.exit(error instanceof UsageError ? 2 : 1);
}
