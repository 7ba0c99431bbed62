import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultHome } from '../contract/wire/home-folder.ts';
import { openDesk } from '../workflows/app.ts';
import { restoreStore } from '../workflows/backup.ts';
import { forkEngine } from '../workflows/fork-engine.ts';
import { logFile } from '../workflows/log-file.ts';
import { askSecret } from './ask-secret.ts';
import { exitCodes } from './outcome.ts';
import type { CliHost } from './run-cli.ts';
import { runCli } from './run-cli.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const home = defaultHome({ platform: process.platform, env: process.env, userFolder: homedir() });
let log = logFile(home);

const host: CliHost = {
  terminal: {
    print: (text) => { process.stdout.write(`${text}\n`); },
    note: (text) => { process.stderr.write(`${text}\n`); },
    screen: process.stderr.isTTY ? process.stderr : null,
    askSecret: (question) => askSecret(question, process),
  },
  cwd: process.cwd(),
  env: process.env,
  version,
  defaultHome: home,
  openDesk: (chosen, store) => {
    log = logFile(chosen);
    return openDesk({
      home: chosen,
      resources: join(root, 'resources'),
      host: 'terminal',
      version,
      galleryServer: store ?? process.env['LIKENESS_STORE'] ?? null,
      spawnEngine: (lane) => forkEngine(join(root, 'src', 'engine', 'index.ts'), { LIKENESS_ENGINE_LANE: lane }),
      log,
    });
  },
  restore: restoreStore,
  reportFault: ({ request, error }) => { log(`A fault while answering ${request}.`, error); },
  onInterrupt,
  serve,
};

/** One Ctrl-C may arrive twice, from the terminal and from a launcher that passes it on. */
const sameSignalMs = 400;

/** The second Ctrl-C does not wait for anything. */
function onInterrupt(listener: () => void): () => void {
  let first: number | null = null;
  const hear = (): void => {
    first ??= performance.now();
    if (performance.now() - first > sameSignalMs) process.exit(exitCodes.cancelled);
    listener();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, hear);
  };
}

/** The browser host is another door, so it is another process: it gets the terminal, and every signal. */
function serve(options: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'src', 'server', 'index.ts'), ...options], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => {
    // Ctrl-C in a terminal reaches the child by itself; twice would read as "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => { settle(code ?? exitCodes.error); });
  });
}

// A reader that has gone (likeness ... | head) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.ok);
});
process.exitCode = await runCli(process.argv.slice(2), host);
