import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium as playwright } from '@playwright/test';
import { chromium, chromiumFlags } from '../e2e/browser.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { seconds } from './shared/seconds.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

/** When a start was so far, in seconds from its beginning. */
interface Start {
  prepared: number;
  faces: number;
  demo: number;
}

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'likeness-start-'));
const checkout = join(work, 'likeness');

/** A user who has nothing: an empty home, so no cache of npm, pip or ours. */
const environment = { ...process.env, HOME: join(work, 'home'), npm_config_cache: join(work, 'npm-cache'), PIP_NO_CACHE_DIR: '1' };

try {
  mkdirSync(environment.HOME);
  execFileSync('git', ['clone', '--quiet', '--local', root, checkout]);
  const loadBefore = loadavg()[0]!;
  console.error('bench: the first start of a clone ...');
  const cold = await start('first');
  console.error(`bench: prepared after ${seconds(cold.prepared)}, the demo stands after ${seconds(cold.demo)}`);
  const warm = [await start('second'), await start('third')];
  console.log(table(cold, warm));
  console.log(`Written to ${writeSection('start', section(cold, { warm, loadBefore }))}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** `npm start` in the clone, on a data folder of its own, until the welcome screen has the finished demo; then ends it. */
async function start(name: string): Promise<Start> {
  const begun = performance.now();
  const since = (): number => (performance.now() - begun) / 1000;
  const host = spawn('npm', ['start', '--', '--browser', '--no-open', '--json', '--home', join(work, `data-${name}`)], {
    cwd: checkout, env: environment, stdio: ['ignore', 'pipe', 'inherit'], detached: true,
  });
  try {
    const address = await addressOf(host.stdout);
    const prepared = since();
    const browser = await playwright.launch({ executablePath: chromium(), args: chromiumFlags });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      await page.locator('main img').nth(8).waitFor({ timeout: 60_000 });
      const faces = since();
      await page.getByRole('list', { name: 'Four steps' }).getByRole('listitem').nth(3).getByText('equal error rate').waitFor({ timeout: 300_000 });
      return { prepared, faces, demo: since() };
    } finally {
      await browser.close();
    }
  } finally {
    // npm and what it started: a group of their own.
    process.kill(-host.pid!, 'SIGTERM');
    await new Promise((resolve) => host.once('close', resolve));
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('{')) return (JSON.parse(line) as { address: string }).address;
  }
  throw new Error('npm start ended before it gave its address.');
}

function table(cold: Start, warm: Start[]): string {
  const row = (title: string, { prepared, faces, demo }: Start): string => `| ${[title, ...[prepared, faces, demo].map(seconds)].join(' | ')} |`;
  return [
    '| Start | Host answers | Faces in the window | Demo finished: template, decision, ROC |',
    '|---|--:|--:|--:|',
    row('first, after `git clone`, empty home', cold),
    ...warm.map((one, index) => row(`again (${index + 1}), new data folder`, one)),
  ].join('\n');
}

function section(cold: Start, { warm, loadBefore }: { warm: Start[]; loadBefore: number }): string {
  return `## From a clone to the demo

\`npm run bench -- start\`: \`npm start -- --browser\` in a clean clone with an empty home, then again, each time until a Chromium shows it.

${table(cold, warm)}

- **Where and when**: ${whereAndWhen()}; load average ${loadBefore.toFixed(2)} before. The first start downloads some 330 MB; the network here is fast and near.
- **What is timed**: from typing \`npm start\`. The first start installs the npm packages, Node 24, TensorFlow, the binding and our own operations, and builds the window.`;
}
