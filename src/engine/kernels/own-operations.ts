import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const requireHere = createRequire(import.meta.url);

/**
 * Makes the operations in native/ known to TensorFlow, which must be loaded already. Set-up compiles them beside the binding of
 * tfjs-node.
 *
 * @returns null, or why they are not there; TensorFlow's own then do the same work more slowly.
 */
export function loadOwnOperations(): string | null {
  try {
    const home = dirname(requireHere.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    requireHere(join(home, 'lib', 'napi-v8', 'likeness_operations.node'));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error);
  }
}
