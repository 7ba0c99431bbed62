import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

/** @typedef {'npm-dependencies' | 'node-24' | 'gpu' | 'tensorflow' | 'binding' | 'operations' | 'search' | 'threads' | 'electron' | 'app' | 'text-encoder' | 'face-models'} StepName */

/**
 * One step as `.cache/setup.json` keeps it. The app reads it (`likeness doctor`, the device panel); only build/ writes it.
 * @typedef {object} SetupStep
 * @property {StepName} name
 * @property {'ready' | 'fallback' | 'failed'} state
 * @property {string} detail          what is there now, one sentence
 * @property {string | null} reason   why it is not more; null when ready
 * @property {string | null} command  what to type to change it; null when nothing would
 * @property {number} durationMs      how long the step took
 * @property {number | null} bytes    what it takes on disk
 * @property {string} at              ISO 8601, when it ended
 * @property {string} inputs          fingerprint of what the outcome depended on
 */

/**
 * @typedef {object} SetupRecord
 * @property {1} schema
 * @property {string} platform  such as `linux-x64`
 * @property {SetupStep[]} steps
 */

/** A lesser way is not questioned at every start, but neither is it believed for ever. */
const BELIEVE_A_FALLBACK_MS = 24 * 60 * 60 * 1000;

/** @param {Setup} setup */
export const recordFile = (setup) => join(setup.cache, 'setup.json');

/**
 * @param {Setup} setup
 * @returns {SetupRecord}
 */
export function readRecord(setup) {
  try {
    const record = JSON.parse(readFileSync(recordFile(setup), 'utf8'));
    if (record?.schema === 1 && Array.isArray(record.steps)) return record;
  } catch {
    // Absent or unreadable: nothing is remembered, and every step looks for itself.
  }
  return { schema: 1, platform: `${setup.platform}-${setup.arch}`, steps: [] };
}

/**
 * @param {Setup} setup
 * @param {StepName} name
 */
export function readStep(setup, name) {
  return readRecord(setup).steps.find((step) => step.name === name);
}

/**
 * @param {Setup} setup
 * @param {{ name: StepName, outcome: Outcome, durationMs: number, inputs: string }} ended
 */
export function writeStep(setup, { name, outcome, durationMs, inputs }) {
  const record = readRecord(setup);
  /** @type {SetupStep} */
  const step = {
    name,
    state: outcome.state,
    detail: outcome.detail,
    reason: outcome.reason ?? null,
    command: outcome.command ?? null,
    durationMs: Math.round(durationMs),
    bytes: outcome.bytes ?? null,
    at: new Date().toISOString(),
    inputs,
  };
  const steps = [...record.steps.filter((known) => known.name !== name), step];
  const draft = `${recordFile(setup)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ ...record, steps }, null, 2)}\n`);
  renameSync(draft, recordFile(setup));
  return step;
}

/**
 * Whether a step that found a lesser way need not be tried again now. One that failed always is: without it nothing runs, so
 * whoever starts again has come to see whether it works now.
 * @param {Setup} setup
 * @param {{ name: StepName, inputs: string }} step
 */
export function isSettled(setup, { name, inputs }) {
  const known = readStep(setup, name);
  if (!known || known.state !== 'fallback' || setup.force) return false;
  return known.inputs === inputs && Date.now() - Date.parse(known.at) < BELIEVE_A_FALLBACK_MS;
}
