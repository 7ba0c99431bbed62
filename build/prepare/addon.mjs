import { join } from 'node:path';

/** @typedef {import('./setup.mjs').Setup} Setup */

/**
 * What a compiler must be told for a Node addon on TensorFlow's library, which it finds from lib/napi-v8 beside deps/.
 * @param {Setup} setup
 * @param {string} home  the folder of TensorFlow
 */
export function addonArguments(setup, home) {
  const include = join(home, 'deps', 'include');
  const forPlatform = setup.platform === 'darwin'
    // A Node addon finds Node's own symbols when it is loaded; macOS wants to be told.
    ? ['-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
    : ['-Wl,-rpath,$ORIGIN/../../deps/lib'];
  return [
    '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8',
    ...[join(setup.root, 'node_modules/node-api-headers/include'), include, join(include, 'external/local_xla')].flatMap((path) => ['-I', path]),
    `-L${join(home, 'deps', 'lib')}`, '-ltensorflow', '-ltensorflow_framework', ...forPlatform,
  ];
}

/**
 * Of what a compiler printed.
 * @param {string} output
 */
export const firstError = (output) => output.split('\n').find((line) => /error/i.test(line)) ?? output.split('\n').at(-1) ?? '';
