import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReporter } from './progress.mjs';

/**
 * What every step of the set-up is given.
 * @typedef {object} Setup
 * @property {string} root       the checkout
 * @property {string} cache      `.cache/` in the checkout: everything that takes long to get and outlives `npm ci`
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {string} arch
 * @property {boolean} force     try again what failed before, whenever that was
 * @property {import('./progress.mjs').Reporter} reporter
 */

/**
 * How one step ended. `fallback` means the product works in a lesser way, `failed` that something is missing.
 * @typedef {object} Outcome
 * @property {'ready' | 'fallback' | 'failed'} state
 * @property {string} detail     what is there now, for a person
 * @property {string} [reason]   why it is not more than that
 * @property {string} [command]  what to type to change it
 * @property {number} [bytes]    what it takes on disk
 */

/**
 * @typedef {object} Step
 * @property {import('./record.mjs').StepName} name
 * @property {string} title
 * @property {(setup: Setup) => string} inputs    fingerprint of all that may change the outcome; cheap
 * @property {(setup: Setup) => boolean} isReady  cheap: it runs at every start
 * @property {(setup: Setup, task: import('./progress.mjs').Task) => Promise<Outcome>} run
 */

/**
 * @param {{ root?: string, env?: NodeJS.ProcessEnv, force?: boolean }} [options]
 * @returns {Setup}
 */
export function createSetup({ root = fileURLToPath(new URL('../../', import.meta.url)), env = process.env, force = false } = {}) {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  return { root, cache, env, platform: process.platform, arch: process.arch, force, reporter: createReporter(process.stderr) };
}
