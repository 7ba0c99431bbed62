import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {import('./setup.mjs').Setup} Setup */

/**
 * @param {Pick<Setup, 'env' | 'platform'>} setup
 * @param {string[]} names  in order of preference
 * @returns {string | null} full path of the first one there is
 */
export function findProgram({ env, platform }, names) {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const endings = platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      const found = endings.map((ending) => join(folder, name + ending)).find(isProgram);
      if (found) return found;
    }
  }
  return null;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {Pick<Setup, 'env' | 'platform'>} setup */
export const findPython = (setup) => findProgram(setup, ['python3', 'python']);

/** @param {Pick<Setup, 'env' | 'platform'>} setup */
export function findCompiler(setup) {
  // cl.exe is not looked for: there is no wheel layout on Windows that it could compile against.
  return findProgram(setup, [...(setup.env['CXX'] ? [setup.env['CXX']] : []), 'g++', 'clang++', 'c++']);
}

export const SETUP_COMMAND = 'npm run likeness -- setup';

/**
 * The command that installs what is missing, in the words of the machine's own package manager.
 * @param {Pick<Setup, 'platform'>} setup
 */
export function installToolsCommand({ platform }) {
  if (platform === 'darwin') return `xcode-select --install && ${SETUP_COMMAND}`;
  if (platform === 'win32') return `winget install Python.Python.3.12 && ${SETUP_COMMAND}`;
  if (existsSync('/usr/bin/apt-get')) return `sudo apt-get install -y python3 python3-pip g++ && ${SETUP_COMMAND}`;
  if (existsSync('/usr/bin/dnf')) return `sudo dnf install -y python3 python3-pip gcc-c++ && ${SETUP_COMMAND}`;
  if (existsSync('/usr/bin/pacman')) return `sudo pacman -S --needed python python-pip gcc && ${SETUP_COMMAND}`;
  return `install python3, pip and g++, then: ${SETUP_COMMAND}`;
}

/**
 * A program's complaint without the addresses in it: they are the user's configuration, and setup.json gets shared.
 * @param {string} text
 */
export function withoutAddresses(text) {
  return text
    .replaceAll(/https?:\/\/\S+/g, '(address)')
    .replaceAll(/host='[^']*'/g, 'host')
    .replaceAll(/(ENOTFOUND|EAI_AGAIN|ECONNREFUSED) [^\s,]+/g, '$1')
    .trim();
}

/**
 * The PATH with npm's programs first, under the name it has here: Windows writes it "Path".
 * @param {Pick<Setup, 'root' | 'env'>} setup
 */
export function pathWithBin({ root, env }) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { [name]: [join(root, 'node_modules', '.bin'), env[name] ?? ''].join(delimiter) };
}
