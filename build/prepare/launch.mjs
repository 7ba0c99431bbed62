import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, foundation, prepare } from '../prepare.mjs';
import { nodeProgram, packagedNode } from './node-24.mjs';
import { pathWithBin } from './programs.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string }} AttachedOptions */

/**
 * First thing of every launcher: npm packages and Node 24, then on under that Node.
 * @param {Setup} setup
 */
export async function enterNode24(setup) {
  const lacking = await prepare(setup, foundation);
  const failed = lacking.find((step) => step.state === 'failed');
  if (failed) {
    setup.reporter.say(`Likeness cannot start${failed.isNews ? '' : `: ${describe(failed)}`}`);
    process.exit(1);
  }
  const node = packagedNode(setup);
  const isOld = Number(process.versions.node.split('.')[0]) < 24;
  if (node && isOld) await handOver(setup, [node, ...process.argv.slice(1)], { cwd: process.cwd() });
}

/**
 * Runs a program in this one's place: same terminal, same signals, same exit code. Does not return.
 * @param {Setup} setup
 * @param {string[]} command
 * @param {AttachedOptions} [options]
 * @returns {Promise<never>}
 */
export async function handOver(setup, command, options) {
  const end = await runAttached(setup, command, options);
  if (end.signal) process.kill(process.pid, end.signal);
  process.exit(end.code);
}

/**
 * @param {Setup} setup
 * @param {string[]} command
 * @param {AttachedOptions} [options]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>}
 */
export function runAttached(setup, [program = '', ...args], { env = {}, cwd = setup.root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...setup.env, ...pathWithBin(setup), ...env }, stdio: 'inherit' });
    const stopPassing = passSignals(child);
    child.on('error', (error) => {
      stopPassing();
      setup.reporter.say(`${program} could not be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.on('exit', (code, signal) => {
      stopPassing();
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), signal });
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignals(child) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // The terminal sends Ctrl-C to the child as well; twice would read as "at once, without cleaning up".
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => signals.forEach((signal) => process.removeListener(signal, pass));
}

/**
 * A program of an npm package, under our Node.
 * @param {Setup} setup
 * @param {string} script  path in node_modules
 * @param {string[]} args
 */
export const nodeScript = (setup, script, args) => [nodeProgram(setup), join(setup.root, 'node_modules', script), ...args];
