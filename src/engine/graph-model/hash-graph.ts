import { createHash } from 'node:crypto';
import type { GraphFile } from './graph-document.ts';

/** SHA-256 of what decides all that a graph computes: its nodes, and the numbers of its constants by name. */
export function hashGraph({ document, tensors }: GraphFile): string {
  const hash = createHash('sha256').update(JSON.stringify(document.modelTopology.node));
  for (const [name, { shape, values }] of [...tensors].sort(([one], [other]) => (one < other ? -1 : 1))) {
    hash.update(`\n${name} ${values.constructor.name} ${shape.join(' x ')}\n`).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
