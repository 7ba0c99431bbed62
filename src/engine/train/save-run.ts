import * as tf from '@tensorflow/tfjs-core';
import { RequestError } from '../../contract/request-error.ts';
import type { OptimizerMemory } from '../../learning/optimizers/optimizer.ts';
import { assignParameters, assignVariable } from '../checkpoints/assign-parameters.ts';
import { readParameters } from '../checkpoints/model-file.ts';
import type { StoredTensor } from '../checkpoints/safetensors.ts';
import { dealMined, restoreMined, storeMined } from './mine-offline.ts';
import { writeCheckpoint } from './run-checkpoint.ts';
import type { Checkpoint, FoundCheckpoint } from './run-checkpoint.ts';
import type { Run } from './run.ts';

// Names of tensors in a checkpoint: parameters as they are, everything else below one of these.
const OPTIMIZER = '@optimizer/';
const LOSS = '@loss/';
const MINED = '@mined/';

/** Writes all that the run needs to go on exactly from here. */
export async function saveRun(run: Run): Promise<void> {
  const tensors = readParameters(run.learner.network);
  const steps: Record<string, number> = {};
  for (const [name, memory] of run.learner.optimizer.remember()) {
    steps[name] = memory.steps;
    for (const [slot, tensor] of Object.entries(memory.slots)) {
      tensors.set(`${OPTIMIZER}${slot}/${name}`, store(tensor));
      tensor.dispose();
    }
  }
  for (const [name, variable] of run.loss.variables) tensors.set(`${LOSS}${name}`, store(variable));
  for (const [name, tensor] of run.loss.store()) tensors.set(`${LOSS}${name}`, tensor);
  if (run.mined) for (const [name, tensor] of storeMined(run.mined)) tensors.set(`${MINED}${name}`, tensor);
  run.state = { ...run.state, optimizerSteps: steps, minedBefore: run.mined?.epoch ?? null };
  await writeCheckpoint(run.request.folder, { state: run.state, tensors });
}

const store = (tensor: tf.Tensor): StoredTensor => ({ shape: tensor.shape, values: tensor.dataSync<'float32'>().slice() });

/** Puts a run at its beginning where the checkpoint stands. @throws RequestError when the checkpoint is of another run. */
export function restoreRun(run: Run, { checkpoint }: FoundCheckpoint): void {
  const { state, tensors } = checkpoint;
  if (state.fingerprint !== run.state.fingerprint) {
    throw new RequestError('conflict', `The checkpoint in ${run.request.folder} is of another recipe or other samples. Resume with those, or start a new run.`);
  }
  assignParameters(run.learner.network, tensors, 'the checkpoint');
  for (const [name, variable] of run.loss.variables) assignVariable(variable, tensors.get(`${LOSS}${name}`), `${name} in the checkpoint`);
  restoreOptimizer(run, checkpoint);
  run.loss.restore(below(LOSS, tensors));
  const { minedBefore = null } = state;
  if (minedBefore !== null) dealMined(run, restoreMined(minedBefore, below(MINED, tensors)));
  run.state = state;
}

/** The tensors below a prefix, without it. */
function below(prefix: string, tensors: Checkpoint['tensors']): Map<string, StoredTensor> {
  const own = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

function restoreOptimizer(run: Run, { state, tensors }: Checkpoint): void {
  const memory = new Map<string, OptimizerMemory>();
  for (const [name, steps] of Object.entries(state.optimizerSteps)) memory.set(name, { steps, slots: {} });
  for (const [key, { values, shape }] of tensors) {
    if (!key.startsWith(OPTIMIZER)) continue;
    const [slot] = key.slice(OPTIMIZER.length).split('/', 1) as [string];
    const name = key.slice(OPTIMIZER.length + slot.length + 1);
    memory.get(name)!.slots[slot] = tf.tensor(values, shape, 'float32');
  }
  run.learner.optimizer.restore(memory);
  for (const { slots } of memory.values()) tf.dispose(slots);
}
