import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { appStep } from './prepare/app.mjs';
import { bindingStep } from './prepare/binding.mjs';
import { stopChildren } from './prepare/child.mjs';
import { electronStep } from './prepare/electron.mjs';
import { faceModelsStep } from './prepare/face-models.mjs';
import { gpuStep } from './prepare/gpu.mjs';
import { takeLock } from './prepare/lock.mjs';
import { nodeStep } from './prepare/node-24.mjs';
import { npmStep } from './prepare/npm-dependencies.mjs';
import { operationsStep } from './prepare/operations.mjs';
import { inMegabytes } from './prepare/progress.mjs';
import { isSettled, readStep, writeStep } from './prepare/record.mjs';
import { searchStep } from './prepare/search.mjs';
import { sweepStaging } from './prepare/staging.mjs';
import { tensorflowStep } from './prepare/tensorflow.mjs';
import { threadsStep } from './prepare/threads.mjs';

/** @typedef {import('./prepare/setup.mjs').Setup} Setup */
/** @typedef {import('./prepare/setup.mjs').Step} Step */
/** @typedef {import('./prepare/record.mjs').SetupStep} SetupStep */
/** @typedef {SetupStep & { isNews: boolean }} Lacking */

/** What must be there before anything of ours can run. */
export const foundation = [npmStep, nodeStep];
export const engineSteps = [gpuStep, tensorflowStep, bindingStep, operationsStep, searchStep, threadsStep, faceModelsStep];
export { appStep, electronStep };

/** How often a waiting launcher says so. */
const SAY_AGAIN_MS = 10_000;

/**
 * Brings the steps to their best state, in order. Quick when there is nothing to do: no lock is taken then.
 * @param {Setup} setup
 * @param {Step[]} steps
 * @returns {Promise<Lacking[]>} the steps that are not ready
 */
export async function prepare(setup, steps) {
  /** @type {Set<Step>} */
  const tried = new Set();
  // One after the other, since whether a step is ready may depend on the one before it.
  for (let index = 0; index < steps.length; index += 1) {
    if (isDone(setup, /** @type {Step} */ (steps[index]))) continue;
    await withLock(setup, () => runFrom(setup, steps.slice(index), tried));
    break;
  }
  return steps.flatMap((step) => {
    const known = readStep(setup, step.name);
    return known && known.state !== 'ready' && !step.isReady(setup) ? [{ ...known, isNews: tried.has(step) }] : [];
  });
}

/**
 * Says again what an earlier start found and this one did not try: the user of today may not have seen it.
 * @param {Setup} setup
 * @param {Lacking[]} lacking
 */
export function recall(setup, lacking) {
  for (const step of lacking.filter(({ isNews }) => !isNews)) setup.reporter.say(`${step.name}: ${describe(step)}`);
}

/**
 * @param {Setup} setup
 * @param {Step} step
 */
function isDone(setup, step) {
  return step.isReady(setup) || isSettled(setup, { name: step.name, inputs: step.inputs(setup) });
}

/**
 * @param {Setup} setup
 * @param {Step[]} steps
 * @param {Set<Step>} tried
 */
async function runFrom(setup, steps, tried) {
  for (const step of steps) {
    // Asked again: the launcher that held the lock before may have done it.
    if (isDone(setup, step)) continue;
    tried.add(step);
    const ended = await runStep(setup, step);
    // Nothing after the foundation can run without it.
    if (ended.state === 'failed' && foundation.includes(step)) return;
  }
}

/**
 * @param {Setup} setup
 * @param {Step} step
 */
async function runStep(setup, step) {
  const task = setup.reporter.begin(step.title);
  const startedAt = performance.now();
  const outcome = await step.run(setup, task);
  // Taken afterwards, because a step may change what it depends on (what it installs is among it).
  const inputs = step.inputs(setup);
  const ended = writeStep(setup, { name: step.name, outcome, durationMs: performance.now() - startedAt, inputs });
  const size = outcome.bytes ? `, ${inMegabytes(outcome.bytes)}` : '';
  task.finish(`${outcome.state === 'ready' ? 'ready' : outcome.state}: ${describe(ended)}${size}`);
  return ended;
}

/** @param {SetupStep} step */
export function describe({ detail, reason, command }) {
  return `${detail}${reason ? `, because ${reason.replace(/\.$/, '')}` : ''}${command ? `. To change it: ${command}` : ''}`;
}

/**
 * @param {Setup} setup
 * @param {() => Promise<void>} work
 */
async function withLock(setup, work) {
  let saidAt = 0;
  const lock = await takeLock(join(setup.cache, 'setup.lock'), (owner) => {
    if (Date.now() - saidAt < SAY_AGAIN_MS) return;
    saidAt = Date.now();
    setup.reporter.say(`Another Likeness set-up is at work in this checkout (process ${owner}): waiting for it`);
  });
  const stopListening = onInterrupt(() => {
    stopChildren();
    rmSync(join(setup.cache, 'staging'), { recursive: true, force: true });
    lock.release();
  });
  try {
    sweepStaging(setup);
    await work();
  } finally {
    stopListening();
    // A step that ended early leaves its folder to this.
    sweepStaging(setup);
    lock.release();
  }
}

/**
 * @param {() => void} cleanUp
 * @returns {() => void}
 */
function onInterrupt(cleanUp) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    cleanUp();
    stopListening();
    // Dies of the signal itself, so that whoever started it sees why.
    process.kill(process.pid, signal);
  };
  const stopListening = () => signals.forEach((signal) => process.removeListener(signal, onSignal));
  for (const signal of signals) process.on(signal, onSignal);
  return stopListening;
}
