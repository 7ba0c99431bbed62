import { availableParallelism, loadavg } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { loadTensorflow } from '../../src/engine/device/load-tensorflow.ts';
import { watchProcessor } from './watch-processor.ts';
import { whereAndWhen } from './where-and-when.ts';

/** What PyTorch's threads do while they wait for each other: OMP_WAIT_POLICY, or what OpenMP does by itself. Which is faster depends on the machine. */
export const POLICIES = ['unset', 'PASSIVE'] as const;
export type WaitPolicy = (typeof POLICIES)[number];

/** PyTorch as it comes, but for the policy: without the memory settings that our side has from an engine. */
export function torchEnvironment(policy: WaitPolicy): NodeJS.ProcessEnv {
  return { ...process.env, OMP_WAIT_POLICY: policy === 'unset' ? undefined : policy, GLIBC_TUNABLES: undefined };
}

/** What a section says of the run that made it. */
export interface Circumstances {
  threads: number;
  loadBefore: number;
  /** Share of the processor's time that other programs took meanwhile, 0 to 1. */
  othersShare: number;
  seconds: number;
}

export interface RunBesideTorch {
  threads: number;
  /** How it went; the peers say how much processor time they took. */
  circumstances(peers: readonly { processorTime(): Promise<number> }[]): Promise<Circumstances>;
}

/** Loads TensorFlow for a run beside PyTorch: both sides on the processor, with as many threads. */
export async function startBesideTorch(): Promise<RunBesideTorch> {
  const threads = availableParallelism();
  // TensorFlow reads these when it is loaded.
  Object.assign(process.env, { CUDA_VISIBLE_DEVICES: '-1', TF_NUM_INTRAOP_THREADS: `${threads}`, OMP_NUM_THREADS: `${threads}` });
  const startedAt = performance.now();
  const loadBefore = loadavg()[0]!;
  const { name, refusals } = await loadTensorflow();
  if (name !== 'tensorflow') console.error(`bench: our side runs on the ${name} backend. ${refusals.join('; ')}`);
  const usage = watchProcessor();
  return {
    threads,
    async circumstances(peers) {
      const seconds = (performance.now() - startedAt) / 1000;
      const times = await Promise.all(peers.map((peer) => peer.processorTime()));
      const othersShare = usage.othersShare(times.reduce((sum, time) => sum + time, 0));
      console.log(`Other programs took ${Math.round(100 * othersShare)} % of the processor.`);
      return { threads, loadBefore, othersShare, seconds };
    },
  };
}

export function describeCircumstances({ threads, loadBefore, othersShare, seconds }: Circumstances): string {
  return `${whereAndWhen()}; ${threads} threads on both sides; load average ${loadBefore.toFixed(2)} before, ${loadavg()[0]!.toFixed(2)} after; other programs took ${Math.round(100 * othersShare)} % of the processor meanwhile; the run took ${Math.round(seconds)} s`;
}

/** The versions of our side. */
export function ourVersions(): string {
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version?: string } };
  return `TensorFlow ${binding?.TF_Version ?? 'unknown'} under TensorFlow.js ${tf.version_core}, Node ${process.versions.node}`;
}

/** The lowest and the highest ratio of the rounds. */
export const spreadOf = (rounds: readonly number[]): string => `${Math.min(...rounds).toFixed(2)} to ${Math.max(...rounds).toFixed(2)}`;
