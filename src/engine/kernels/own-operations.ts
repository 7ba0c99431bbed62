import { createRequire } from 'node:module';

const requireHere = createRequire(import.meta.url);

export interface OwnOperations {
  /** The processor has registers of 16 floats (AVX-512), on which the convolutions are written, and the losses that make their products themselves. */
  hasWideRegisters: boolean;
  /** Blocks of small networks can be computed as well; not there in what was compiled before there were any. */
  hasBlocks?: boolean;
  /** The same of losses. */
  hasLosses?: boolean;
}

/**
 * Makes the operations in native/ known to TensorFlow, which must be loaded already. Set-up compiles them beside the binding of
 * tfjs-node. Where they are not there TensorFlow's own do the same work more slowly.
 */
export function loadOwnOperations(): OwnOperations | { refusal: string } {
  try {
    return requireHere('@tensorflow/tfjs-node-gpu/lib/napi-v8/likeness_operations.node') as OwnOperations;
  } catch (error) {
    return { refusal: error instanceof Error ? error.message.split('\n')[0]! : String(error) };
  }
}
