import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFaceGraphs } from '../../src/engine/face/face-models.ts';
import type { GraphFile } from '../../src/engine/graph-model/graph-document.ts';

const NAMES = { detector: 'blazeface', mesh: 'facemesh', embedder: 'mobilefacenet' } as const;

/** Our face networks for to_onnx.py: of each its nodes and where its numbers are, as JSON, and the numbers. */
export async function writeGraphs(folder: string): Promise<void> {
  for (const [role, graph] of Object.entries(await readFaceGraphs()) as [keyof typeof NAMES, GraphFile][]) {
    const parts: Uint8Array[] = [];
    let begin = 0;
    const tensors = [...graph.tensors].map(([name, { shape, values }]) => {
      const entry = [name, shape, values instanceof Int32Array ? 'int32' : 'float32', begin];
      parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      begin += values.byteLength;
      return entry;
    });
    writeFileSync(join(folder, `${NAMES[role]}.json`), JSON.stringify({ nodes: graph.document.modelTopology.node, tensors }));
    writeFileSync(join(folder, `${NAMES[role]}.bin`), Buffer.concat(parts));
  }
}
