import { registerOp } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { BLOCK } from '../graph-model/fuse-blocks.ts';
import { attribute, runOne } from './native-operations.ts';
import { loadOwnOperations } from './own-operations.ts';

/** Whether graphs may hold blocks (native/block.h): on a processor with registers of 16 floats and our operations. Makes them known to the converter. */
export function canRunBlocks(): boolean {
  if (tf.getBackend() !== 'tensorflow' || (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice) return false;
  const own = loadOwnOperations();
  if ('refusal' in own || !own.hasBlocks) return false;
  registerOp(BLOCK, ({ inputs, attrs }) => runOne(BLOCK, [attribute.integer('stride', attrs['stride'] as number)], inputs));
  return true;
}
