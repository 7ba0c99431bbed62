import { z } from 'zod';
import { instant } from './vocabulary.ts';

/** One step of the set-up as build/prepare recorded it in .cache/setup.json. */
export const setupStep = z.object({
  name: z.string(),
  state: z.enum(['ready', 'fallback', 'failed', 'skipped']),
  detail: z.string(),
  reason: z.string().nullable(),
  /** The command that would change it, or null. */
  command: z.string().nullable(),
});
export type SetupStep = z.infer<typeof setupStep>;

/** What computes, measured, never guessed. */
export const measuredDevice = z.object({
  /** `tensorflow`: the native library; `wasm` and `cpu` are the fallbacks. */
  backend: z.enum(['tensorflow', 'wasm', 'cpu']),
  kind: z.enum(['gpu', 'cpu']),
  /** One line for the header: "CPU, 180 GFLOP/s". */
  label: z.string(),
  processor: z.string(),
  cores: z.number().int(),
  gpu: z.string().nullable(),
  /** GFLOP/s of a 1024 x 1024 x 1024 float32 matrix product. */
  matmulGflops: z.number(),
  /** GFLOP/s of a 3 x 3 convolution, 64 to 64 channels, on 8 x 56 x 56. */
  convGflops: z.number(),
  whyNotGpu: z.string().nullable(),
  /** The command that would change it. */
  command: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  measuredAt: instant,
});
export type MeasuredDevice = z.infer<typeof measuredDevice>;

export const deviceReport = measuredDevice.extend({ setup: z.array(setupStep) });
export type DeviceReport = z.infer<typeof deviceReport>;
