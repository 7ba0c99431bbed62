import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createReporter } from './progress.mjs';
import { createSetup } from './setup.mjs';
import type { Setup } from './setup.mjs';

/** An empty folder that goes away with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'likeness-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A checkout with nothing in it, and what its set-up says. */
export function scratchSetup(env: NodeJS.ProcessEnv = {}): { setup: Setup; said: string[] } {
  const said: string[] = [];
  const reporter = createReporter({ write: (text: string | Uint8Array) => said.push(String(text)) > 0 });
  return { setup: { ...createSetup({ root: scratchFolder(), env }), platform: 'linux', arch: 'x64', reporter }, said };
}
