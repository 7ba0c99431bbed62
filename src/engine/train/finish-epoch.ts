import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModel } from '../checkpoints/model-file.ts';
import { isKept } from './is-kept.ts';
import type { EpochRecord } from './run-checkpoint.ts';
import type { Run } from './run.ts';
import { saveRun } from './save-run.ts';
import type { TrainWork } from './train.ts';
import type { TrainedEpoch } from './train-epoch.ts';
import { validate } from './validate.ts';

/** Validates, keeps the model when none is better so far, writes the checkpoint, and decides whether to go on. */
export async function finishEpoch(run: Run, trained: TrainedEpoch & { startedAt: number }, { report }: TrainWork): Promise<void> {
  const { request, learner, stepsPerEpoch } = run;
  const { recipe, folder } = request;
  const epoch = run.state.epochs.length;
  const { eer, alarm } = await validate(run);
  const kept = isKept(eer, {
    reached: run.state.epochs.map(({ validationEer }) => validationEer),
    subjects: new Set(run.validation.samples.map(({ label }) => label)).size,
    start: run.state.start?.validationEer ?? null,
  });
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

/** Whether so many epochs have passed since the EER last fell. */
function hasStalled(patience: number | null, epochs: readonly EpochRecord[]): boolean {
  const reached = epochs.map(({ validationEer }) => validationEer ?? Infinity);
  const lowest = Math.min(...reached);
  return patience !== null && lowest < Infinity && epochs.length - 1 - reached.indexOf(lowest) >= patience;
}
