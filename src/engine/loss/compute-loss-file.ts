import type { LossFile } from '../../contract/recipe/loss-file.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { LossReport } from '../../contract/requests/files.ts';
import { LossError } from '../../learning/loss-error.ts';
import { runLossFile } from '../../learning/loss-file.ts';
import { lossKernelsOfBackend } from '../kernels/own-losses.ts';
import { loadTensorflow } from '../device/load-tensorflow.ts';

/** Value and gradients of the batch of a file, on the backend that trains here. */
export async function computeLossFile(file: LossFile): Promise<LossReport> {
  await loadTensorflow();
  try {
    const { loss, gradients, skipped } = runLossFile(file, lossKernelsOfBackend());
    return { loss, gradients: { ...gradients }, skipped: { ...skipped } };
  } catch (error) {
    if (error instanceof LossError) throw new RequestError('invalid-input', error.message);
    throw error;
  }
}
