import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModel } from '../checkpoints/model-file.ts';
import type { EpochRecord } from './run-checkpoint.ts';
import type { Run } from './run.ts';
import { saveRun } from './save-run.ts';
import type { TrainWork } from './train.ts';
import type { TrainedEpoch } from './train-epoch.ts';
import { validate } from './validate.ts';

/** Validates, keeps the model when it is the best so far, writes the checkpoint, and decides whether to go on. */
export async function finishEpoch(run: Run, trained: TrainedEpoch & { startedAt: number }, { report }: TrainWork): Promise<void> {
  const { request, learner, stepsPerEpoch } = run;
  const { recipe, folder } = request;
  const epoch = run.state.epochs.length;
  const { eer, alarm } = await validate(learner.network, recipe, run.validation);
  const kept = isBest(run, eer);
  let { best } = run.state;
  if (kept) {
    const file = `model-${String(epoch).padStart(5, '0')}.safetensors`;
    await mkdir(folder, { recursive: true });
    const weightsHash = await writeModel(join(folder, file), learner.network, { recipe, epoch, validationEer: eer });
    best = { file, epoch, validationEer: eer, weightsHash };
  }
  const epochs = [...run.state.epochs, { meanLoss: trained.meanLoss, validationEer: eer }];
  run.state = { ...run.state, epochs, best, stopped: hasStalled(recipe.patience, epochs) };
  await saveRun(run);
  const { meanLoss, learningRate, startedAt } = trained;
  const step = (epoch + 1) * stepsPerEpoch - 1;
  const durationMs = performance.now() - startedAt;
  report({ type: 'epoch', epoch: { epoch, step, meanLoss, validationEer: eer, learningRate, alarm, kept, durationMs } });
}

/**
 * A smaller EER is better; of equal ones the later epoch, which has learnt longer (a small set is often told apart without an
 * error from early on). Without any validation the newest epoch is kept.
 */
function isBest({ state }: Run, eer: number | null): boolean {
  const best = state.best;
  if (best === null || best.validationEer === null) return true;
  return eer !== null && eer <= best.validationEer;
}

/** Whether so many epochs have passed since the EER last fell. */
function hasStalled(patience: number | null, epochs: readonly EpochRecord[]): boolean {
  const reached = epochs.map(({ validationEer }) => validationEer ?? Infinity);
  const lowest = Math.min(...reached);
  return patience !== null && lowest < Infinity && epochs.length - 1 - reached.indexOf(lowest) >= patience;
}
