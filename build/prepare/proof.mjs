import { join } from 'node:path';
import { runChild } from './child.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */

const PROOF_LIMIT_MS = 120_000;

/** Node 23 took `isNullOrUndefined` and `isArray` out of util; tfjs-node 4.22 still calls them. */
const PROOF = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  const tf = require('@tensorflow/tfjs-node-gpu');
  const product = Array.from(tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync());
  const { binding, isUsingGpuDevice } = tf.backend();
  console.log('PROOF ' + JSON.stringify({ product, tensorflow: binding.TF_Version, gpu: Boolean(isUsingGpuDevice) }));
`;

/**
 * Loads the binding in a process of its own, since a bad one takes its process along, and has it multiply.
 * @param {Setup} setup
 * @returns {Promise<{ tensorflow: string, gpu: boolean } | { reason: string }>}
 */
export async function proveBinding(setup) {
  let found = '';
  const end = await runChild(process.execPath, ['-e', PROOF], {
    cwd: setup.root,
    env: { ...setup.env, TF_CPP_MIN_LOG_LEVEL: '3', NODE_PATH: join(setup.root, 'node_modules') },
    limitMs: PROOF_LIMIT_MS,
    onLine: (line) => {
      if (line.startsWith('PROOF ')) found = line.slice('PROOF '.length);
    },
  });
  if (end.code !== 0 || !found) return { reason: end.stopped ?? lastWords(end.output, end.code) };
  const { product, tensorflow, gpu } = JSON.parse(found);
  if (String(product) !== '19,22,43,50') return { reason: `it multiplies wrongly: ${product}` };
  return { tensorflow, gpu };
}

/**
 * @param {string} output
 * @param {number | null} code
 */
function lastWords(output, code) {
  const lines = output.split('\n');
  return lines.find((line) => /^\w*Error:/.test(line)) ?? `exit code ${code}, ${lines.at(-1) || 'no message'}`;
}
