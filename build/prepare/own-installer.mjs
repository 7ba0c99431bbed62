import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { pathWithBin, withoutAddresses } from './programs.mjs';
import { proveBinding } from './proof.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */

const STALL_MS = 15_000;
const LIMIT_MS = 5 * 60_000;

/**
 * The installer inside tfjs-node-gpu, which asks the network for an older library and a finished binding. It answers 403 to
 * many (tensorflow/tfjs issue 8742), so it is the second choice, with a limit.
 * @param {Setup} setup
 * @param {string} home  the package's folder
 * @param {import('./progress.mjs').Task} task
 * @returns {Promise<{ tensorflow: string } | { reason: string }>}
 */
export async function runOwnInstaller(setup, home, task) {
  const script = join(home, 'scripts', 'install.js');
  if (!existsSync(script)) return { reason: 'the package is not installed' };
  const marker = join(home, 'deps', 'from-own-installer');
  if (existsSync(marker)) {
    const still = await proveBinding(setup);
    if ('tensorflow' in still) return still;
  }
  const clear = () => ['deps', 'lib'].forEach((name) => rmSync(join(home, name), { recursive: true, force: true }));
  // The installer rewrites the package's own package.json while it works; a limit may stop it half way.
  const manifest = join(home, 'package.json');
  const original = readFileSync(manifest);
  clear();
  const end = await runChild(process.execPath, [script, 'gpu', 'download'], {
    cwd: home,
    env: { ...setup.env, ...pathWithBin(setup) },
    activity: () => sizeOf(join(home, 'deps')),
    stallMs: STALL_MS,
    limitMs: LIMIT_MS,
    onTick: () => task.update({ doing: "the package's own installer downloads" }),
  });
  if (!readFileSync(manifest).equals(original)) writeFileSync(manifest, original);
  const proof = end.code === 0 ? await proveBinding(setup) : { reason: end.stopped ?? firstError(end.output) };
  if ('reason' in proof) clear();
  else writeFileSync(marker, proof.tensorflow);
  return proof;
}

/** @param {string} output */
function firstError(output) {
  const lines = output.split('\n');
  const line = lines.find((text) => /\w*Error: /.test(text)) ?? lines.find((text) => /failed|status|unsupported/i.test(text)) ?? 'it fails';
  return withoutAddresses(line);
}

/**
 * @param {string} folder
 * @returns {number}
 */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
