import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LoadedBackend } from './load-tensorflow.ts';

const run = promisify(execFile);
const SETUP_WITH_GPU = 'LIKENESS_GPU=1 npm start';

/** The name of the first NVIDIA GPU with a working driver, or null. */
export async function findGpu(): Promise<string | null> {
  try {
    const { stdout } = await run('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], { timeout: 10_000 });
    return stdout.split('\n')[0]?.trim() || null;
  } catch {
    // No nvidia-smi, or one that fails, is what "no usable GPU" looks like.
    return null;
  }
}

/** Why training does not run on a GPU, and the command that would change it; nulls when it does. */
export function explainGpu(backend: LoadedBackend, gpu: string | null): { whyNotGpu: string | null; command: string | null } {
  if (backend.usesGpu) return { whyNotGpu: null, command: null };
  if (backend.name !== 'tensorflow') {
    const whyNotGpu = `TensorFlow's own library is not used (${backend.refusals.join('; ')}); the ${backend.name} backend has no GPU.`;
    return { whyNotGpu, command: process.env['LIKENESS_BACKEND'] ? 'unset LIKENESS_BACKEND' : 'npm start' };
  }
  if (gpu === null) return { whyNotGpu: 'No NVIDIA GPU with a working driver was found (nvidia-smi does not answer).', command: null };
  return { whyNotGpu: `${gpu} is there, but the TensorFlow library installed here does not see it.`, command: SETUP_WITH_GPU };
}
