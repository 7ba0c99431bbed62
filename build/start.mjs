import { join } from 'node:path';
import { appStep, describe, electronStep, engineSteps, prepare, recall } from './prepare.mjs';
import { electronProgram, whyNotHere } from './prepare/electron.mjs';
import { enterNode24, handOver, runAttached } from './prepare/launch.mjs';
import { nodeProgram } from './prepare/node-24.mjs';
import { writeStep } from './prepare/record.mjs';
import { createSetup } from './prepare/setup.mjs';

/** An Electron that ends this soon with an error did not come up (no sandbox, no GL): the browser host takes over. */
const DID_NOT_COME_UP_MS = 8_000;

const startedAt = performance.now();
const asked = process.argv.slice(2);
const wants = asked.includes('--electron') ? 'electron' : asked.includes('--browser') ? 'browser' : 'either';
const args = asked.filter((arg) => arg !== '--electron' && arg !== '--browser');

const setup = createSetup();
await enterNode24(setup);
const steps = [...engineSteps, appStep];
const lacking = await prepare(setup, steps);
recall(setup, lacking);
if (lacking.some((step) => step.name === 'app')) process.exit(1);

if (wants !== 'browser') await startElectron();
setup.reporter.say(`Likeness was prepared in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; opening the browser host`);
await handOver(setup, [nodeProgram(setup), join('src', 'server', 'index.ts'), '--open', ...args]);

/** Returns when Electron is not to be had; ends the process when it ran. */
async function startElectron() {
  const force = wants === 'electron';
  const [missing] = await prepare({ ...setup, force }, [electronStep]);
  const program = electronProgram(setup);
  if (missing || !program || whyNotHere(setup)) {
    if (missing) recall(setup, [missing]);
    if (force) process.exit(1);
    return;
  }
  const openedAt = performance.now();
  const end = await runAttached(setup, [program, '.', ...args]);
  const ran = performance.now() - openedAt;
  if (end.code === 0 || ran > DID_NOT_COME_UP_MS || force) process.exit(end.code);
  const outcome = /** @type {const} */ ({
    state: 'fallback',
    detail: 'Likeness opens in the browser',
    reason: `Electron is here but ended with code ${end.code} after ${Math.round(ran)} ms`,
    command: 'npm start -- --electron',
  });
  const ended = writeStep(setup, { name: 'electron', outcome, durationMs: ran, inputs: electronStep.inputs(setup) });
  setup.reporter.say(`electron: ${describe(ended)}`);
}
