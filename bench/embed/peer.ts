import { join } from 'node:path';
import { startJsonPeer } from '../shared/json-peer.ts';
import type { VenvNeeds } from '../shared/venv.ts';
import { pythonWith } from '../shared/venv.ts';

const NEEDS: VenvNeeds[] = [
  { module: 'onnx', requirement: 'onnx==1.23.2' },
  { module: 'onnxruntime', requirement: 'onnxruntime==1.32.0' },
  { module: 'cv2', requirement: 'opencv-python-headless==5.0.0.93' },
];

/** Photos that the peer's networks see at once: one by one, or as ours. Which is faster depends on the machine. */
export const BATCHES = [1, 16] as const;
export type Batch = (typeof BATCHES)[number];

/** Embeddings in the order of the photos, null where no face was found. */
export interface Embedded {
  seconds: number;
  embeddings: (Float32Array | null)[];
}

/** The same networks and steps in Python: OpenCV and onnxruntime. */
export interface PythonPeer {
  embed(paths: readonly string[], batch: Batch): Promise<Embedded & { version: string }>;
  processorTime(): Promise<number>;
  end(): void;
}

/** @param graphs the folder that writeGraphs filled. */
export function startPythonPeer(graphs: string, threads: number): PythonPeer {
  const peer = startJsonPeer(pythonWith(NEEDS), [join(import.meta.dirname, 'peer.py'), graphs, `${threads}`], process.env);
  return {
    async embed(paths, batch) {
      const { embeddings, ...rest } = await peer.ask<{ seconds: number; version: string; embeddings: (string | null)[] }>({ paths, batch });
      return { ...rest, embeddings: embeddings.map((packed) => (packed === null ? null : unpack(packed))) };
    },
    processorTime: () => peer.ask({ do: 'processor-time' }),
    end: peer.end,
  };
}

function unpack(base64: string): Float32Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer);
}
