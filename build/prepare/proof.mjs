import { join } from 'node:path';
import { runChild } from './child.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */

const PROOF_LIMIT_MS = 120_000;

/** Node 23 took `isNullOrUndefined` and `isArray` out of util; tfjs-node 4.22 still calls them. */
const LOAD = `
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  const tf = require('@tensorflow/tfjs-node-gpu');
`;

const PROOF = `${LOAD}
  const product = Array.from(tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync());
  const { binding, isUsingGpuDevice } = tf.backend();
  console.log('PROOF ' + JSON.stringify({ product, tensorflow: binding.TF_Version, gpu: Boolean(isUsingGpuDevice) }));
`;

/** Two pixels of one channel, -1 and 3, normalised and rectified: 0 and 1. */
const OPERATIONS_PROOF = `${LOAD}
  const { dirname, join } = require('node:path');
  require(join(dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'lib', 'napi-v8', 'likeness_operations.node'));
  const { binding } = tf.backend();
  const attributes = [['epsilon', binding.TF_ATTR_FLOAT, 1e-9], ['share', binding.TF_ATTR_FLOAT, 1], ['activation', binding.TF_ATTR_INT, 1]];
  const [one, zero, none] = [tf.tensor1d([1]), tf.tensor1d([0]), tf.zeros([0])];
  const inputs = [tf.tensor4d([-1, 3], [2, 1, 1, 1]), one, zero, zero, one, none, none];
  const [y] = tf.backend().executeMultipleOutputs('LikenessNormalize', attributes.map(([name, type, value]) => ({ name, type, value })), inputs, 5);
  console.log('PROOF ' + JSON.stringify(Array.from(y.dataSync(), Math.round)));
`;

/**
 * Loads the binding in a process of its own, since a bad one takes its process along, and has it multiply.
 * @param {Setup} setup
 * @returns {Promise<{ tensorflow: string, gpu: boolean } | { reason: string }>}
 */
export async function proveBinding(setup) {
  const answer = await runProof(setup, PROOF);
  if ('reason' in answer) return answer;
  const { product, tensorflow, gpu } = JSON.parse(answer.found);
  if (String(product) !== '19,22,43,50') return { reason: `it multiplies wrongly: ${product}` };
  return { tensorflow, gpu };
}

/**
 * The same for our own operations.
 * @param {Setup} setup
 * @returns {Promise<string | null>} what is wrong
 */
export async function proveOperations(setup) {
  const answer = await runProof(setup, OPERATIONS_PROOF);
  if ('reason' in answer) return answer.reason;
  return answer.found === '[0,1]' ? null : `they normalise wrongly: ${answer.found}`;
}

/**
 * The same for the search in galleries: of three templates the third is nearest.
 * @param {Setup} setup
 * @param {string} addon
 * @returns {Promise<string | null>} what is wrong
 */
export async function proveSearch(setup, addon) {
  const answer = await runProof(setup, `
    const search = require(${JSON.stringify(addon)});
    const table = search.create(2);
    search.append(table, new Float32Array([1, 0, 0, -1, 0.6, 0.8]));
    const best = [0, 1].map((precision) => search.search(table, new Float32Array([0, 1]), 1, precision)[0]);
    console.log('PROOF ' + JSON.stringify(best));
  `);
  if ('reason' in answer) return answer.reason;
  return answer.found === '[2,2]' ? null : `it finds the wrong ones: ${answer.found}`;
}

/**
 * @param {Setup} setup
 * @param {string} program
 * @returns {Promise<{ found: string } | { reason: string }>}
 */
async function runProof(setup, program) {
  let found = '';
  const end = await runChild(process.execPath, ['-e', program], {
    cwd: setup.root,
    env: { ...setup.env, TF_CPP_MIN_LOG_LEVEL: '3', NODE_PATH: join(setup.root, 'node_modules') },
    limitMs: PROOF_LIMIT_MS,
    onLine: (line) => {
      if (line.startsWith('PROOF ')) found = line.slice('PROOF '.length);
    },
  });
  return end.code !== 0 || !found ? { reason: end.stopped ?? lastWords(end.output, end.code) } : { found };
}

/**
 * @param {string} output
 * @param {number | null} code
 */
function lastWords(output, code) {
  const lines = output.split('\n');
  return lines.find((line) => /^\w*Error:/.test(line)) ?? `exit code ${code}, ${lines.at(-1) || 'no message'}`;
}
