import { openHost } from '../open-host.ts';

// The browser host as it is started, for a test that has no built window to give it: in the data folder and with the window of the command line.
const [root, home, windowFolder] = process.argv.slice(2) as [string, string, string];
const log = (message: string, details?: unknown): void => { process.stderr.write(`${message} ${String(details ?? '')}\n`); };
const opened = await openHost({ root, home, windowFolder, version: '0.0.0', port: 0, log, onNewAddress: () => undefined });
process.once('SIGTERM', () => void opened.close().then(() => process.exit(0)));
process.stdout.write(`${opened.host.address()}\n`);
