import { availableParallelism, cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import type { MeasuredDevice } from '../../contract/device.ts';
import { explainGpu, findGpu } from './find-gpu.ts';
import { loadTensorflow } from './load-tensorflow.ts';
import type { LoadedBackend } from './load-tensorflow.ts';
import { measureConvolution, measureMatmul } from './measure-speed.ts';

let measured: Promise<MeasuredDevice> | null = null;

/** What computes in this process, with its measured speed; kept until `remeasure`. */
export function measureDevice(remeasure: boolean): Promise<MeasuredDevice> {
  if (remeasure || measured === null) measured = measureNow();
  return measured;
}

async function measureNow(): Promise<MeasuredDevice> {
  const backend = await loadTensorflow();
  const gpu = await findGpu();
  const convGflops = rounded(measureConvolution());
  const matmulGflops = rounded(measureMatmul());
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return {
    backend: backend.name,
    kind: backend.usesGpu ? 'gpu' : 'cpu',
    label: labelOf(backend, gpu, convGflops),
    processor,
    cores: availableParallelism(),
    gpu,
    matmulGflops,
    convGflops,
    ...explainGpu(backend, gpu),
    versions: versions(),
    measuredAt: Date.now(),
  };
}

/** Whole GFLOP/s, or one decimal where there are few. */
const rounded = (gflops: number): number => (gflops < 10 ? Math.round(gflops * 10) / 10 : Math.round(gflops));

function labelOf(backend: LoadedBackend, gpu: string | null, gflops: number): string {
  const what = backend.usesGpu ? (gpu ?? 'GPU') : backend.name === 'tensorflow' ? 'CPU' : `CPU (${backend.name})`;
  return `${what}, ${gflops} GFLOP/s`;
}

function versions(): Record<string, string> {
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
  const native = binding?.TF_Version ? { tensorflow: binding.TF_Version } : {};
  return { node: process.versions.node, 'tfjs-core': tf.version_core, ...native };
}
