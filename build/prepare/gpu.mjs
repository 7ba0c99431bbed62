import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { hashOf } from './fingerprint.mjs';
import { findProgram, SETUP_COMMAND } from './programs.mjs';
import { readStep } from './record.mjs';
import { wheelsFor } from './wheels.mjs';

/** @typedef {import('./setup.mjs').Setup} Setup */
/** @typedef {import('./setup.mjs').Outcome} Outcome */

const DRIVER_VERSION_FILE = '/proc/driver/nvidia/version';
const NVIDIA_SMI_LIMIT_MS = 10_000;

/**
 * Decides between TensorFlow's CPU and GPU library. nvidia-smi may take a second to answer, so it is asked again only when
 * the driver changes.
 * @type {import('./setup.mjs').Step}
 */
export const gpuStep = {
  name: 'gpu',
  title: 'GPU',
  inputs: gpuInputs,
  isReady: (setup) => readStep(setup, 'gpu')?.state === 'ready' && readStep(setup, 'gpu')?.inputs === gpuInputs(setup),
  run: async (setup) => lookForGpu(setup),
};

/** @param {Setup} setup */
function gpuInputs(setup) {
  const driver = existsSync(DRIVER_VERSION_FILE) ? readFileSync(DRIVER_VERSION_FILE, 'utf8') : '';
  return hashOf([setup.platform, setup.arch, setup.env['LIKENESS_GPU'], findProgram(setup, ['nvidia-smi']), driver]);
}

/**
 * @param {Setup} setup
 * @returns {import('./wheels.mjs').Variant}
 */
export function wantedVariant(setup) {
  return gpuStep.isReady(setup) ? 'gpu' : 'cpu';
}

/**
 * @param {Setup} setup
 * @returns {Outcome}
 */
export function lookForGpu(setup) {
  const asked = setup.env['LIKENESS_GPU'];
  if (asked === '0') {
    return { state: 'fallback', detail: 'the processor computes', reason: 'LIKENESS_GPU=0 says not to use a GPU', command: `unset LIKENESS_GPU && ${SETUP_COMMAND}` };
  }
  if (wheelsFor(setup, 'gpu').length === 0) {
    return { state: 'fallback', detail: 'the processor computes', reason: `TensorFlow has no GPU library for ${setup.platform}-${setup.arch}` };
  }
  const found = askNvidia(setup);
  if ('gpus' in found) return { state: 'ready', detail: found.gpus };
  if (asked === '1') return { state: 'ready', detail: `the GPU library, as LIKENESS_GPU=1 asks (${found.reason})` };
  return { state: 'fallback', detail: 'the processor computes', reason: found.reason, command: `on a machine with an NVIDIA GPU, install its driver, then: ${SETUP_COMMAND}` };
}

/**
 * @param {Setup} setup
 * @returns {{ gpus: string } | { reason: string }}
 */
function askNvidia(setup) {
  const program = findProgram(setup, ['nvidia-smi']);
  if (!program) return { reason: 'no NVIDIA driver is installed (nvidia-smi is not there)' };
  try {
    const list = execFileSync(program, ['--query-gpu=name,memory.total', '--format=csv,noheader'], {
      encoding: 'utf8', timeout: NVIDIA_SMI_LIMIT_MS, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gpus = list.trim().split('\n').filter(Boolean).join('; ');
    return gpus ? { gpus } : { reason: 'nvidia-smi sees no GPU' };
  } catch (error) {
    return { reason: `nvidia-smi fails: ${String(/** @type {Error} */ (error).message).split('\n')[0]}` };
  }
}
