import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Recipe } from '../../contract/recipe/recipe.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Network } from '../../learning/network.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import type { StoredTensor, TensorFile } from './safetensors.ts';
import { writeAtomically } from './write-atomically.ts';

export interface ModelDescription {
  recipe: Recipe;
  epoch: number;
  validationEer: number | null;
}

/** Writes weights, running statistics and recipe as one file; gives its SHA-256, the name of these weights. */
export async function writeModel(path: string, network: Network, description: ModelDescription): Promise<string> {
  const metadata = { format: MODEL_FORMAT, description: JSON.stringify(description), ...(network.graph !== null && { graph: network.graph }) };
  const bytes = encodeSafetensors({ tensors: readParameters(network), metadata });
  await writeAtomically(path, bytes);
  return sha256(bytes);
}

/** A model's file, whole. @throws RequestError when it is not the expected one. */
export async function readModel({ path, weightsHash }: { path: string; weightsHash: string }): Promise<TensorFile> {
  const bytes = await readBytes(path);
  const found = sha256(bytes);
  if (found !== weightsHash) {
    throw new RequestError(
      'no-model',
      `The weights in ${path} are not those of this model: their SHA-256 is ${found.slice(0, 12)}…, expected ${weightsHash.slice(0, 12)}…. ` +
        'The file was changed or damaged; restore it from a backup or train the model again.',
    );
  }
  return decodeSafetensors(bytes);
}

/** Every parameter and statistic of a network, copied out of the device. */
export function readParameters(network: Network): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, variable } of network.parameters.all.values()) {
    tensors.set(name, { shape: variable.shape, values: variable.dataSync<'float32'>().slice() });
  }
  return tensors;
}

const MODEL_FORMAT = 'likeness-model-1';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RequestError('no-model', `The weights ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}). Restore the file or train the model again.`);
  }
}
