#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { appStep, electronStep, engineSteps, prepare, recall } from './prepare.mjs';
import { enterNode24, handOver } from './prepare/launch.mjs';
import { nodeProgram } from './prepare/node-24.mjs';
import { createSetup } from './prepare/setup.mjs';

const [command, ...options] = process.argv.slice(2);
const isSetup = command === 'setup';
// A wish to set up is a wish to try again what failed before.
const setup = createSetup({ force: isSetup });
await enterNode24(setup);

if (isSetup) {
  // Large and wanted by few, so only when asked for.
  const extras = options.includes('--text') ? [(await import('./prepare-text-encoder.mjs')).textEncoderStep] : [];
  const lacking = await prepare(setup, [...engineSteps, appStep, electronStep, ...extras]);
  recall(setup, lacking);
  const isWhole = lacking.every((step) => step.state !== 'failed');
  setup.reporter.say(isWhole ? 'Likeness is set up' : 'Likeness is not fully set up');
  process.exit(isWhole ? 0 : 1);
}

await prepare(setup, command === 'serve' ? [...engineSteps, appStep] : engineSteps);
const entry = join(setup.root, 'src', 'cli', 'index.ts');
if (!existsSync(entry)) {
  setup.reporter.say(`${entry} is not there`);
  process.exit(1);
}
// Relative paths are the caller's: npm changes to the checkout, and says where the caller was.
const isNpmScript = process.env['npm_lifecycle_event'] === 'likeness';
const cwd = (isNpmScript && process.env['INIT_CWD']) || process.cwd();
await handOver(setup, [nodeProgram(setup), entry, ...process.argv.slice(2)], { cwd });
