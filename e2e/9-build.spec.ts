import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { FromEngine } from '../src/contract/engine-port.ts';
import { forkEngine } from '../src/workflows/fork-engine.ts';
import { root } from './host.ts';

/** What Electron would run, as far as it can be run without Electron. */
const out = join(root, 'out');

test('the built engine starts and computes', async () => {
  const engine = forkEngine(join(out, 'main', 'engine.js'));
  const answers: FromEngine[] = [];
  engine.onMessage((message) => {
    answers.push(message);
    if (message.type !== 'ready') return;
    const input = { loss: { name: 'nca', scale: 1 }, embeddings: [[1, 0], [0, 1], [1, 1]], labels: [0, 0, 1], regularizers: [] };
    engine.post({ type: 'request', id: 1, operation: 'loss.compute', input });
  });
  await expect.poll(() => answers.at(-1)?.type, { timeout: 60_000 }).toMatch(/done|failed/);
  expect(answers.at(-1)).toMatchObject({ type: 'done', value: { gradients: { embeddings: [[], [], []].map(() => [expect.any(Number), expect.any(Number)]) } } });
  engine.kill();
});

test('the build is whole: the door, its engine, its scoring thread, one CommonJS preload script that requires electron alone', async () => {
  for (const file of ['main/index.js', 'main/engine.js', 'main/scoring-worker.js', 'renderer/index.html']) expect(existsSync(join(out, file)), file).toBe(true);
  const preload = await readFile(join(out, 'preload', 'index.cjs'), 'utf8');
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload).not.toMatch(/^\s*(import|export)\b/m);
});
