import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'build/**/*.test.ts'],
    pool: 'forks',
    // Left alone, vitest keeps a core for itself; of two that is half the time, and much of a test is waiting for other processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: 'build/vitest-setup.mjs',
    // Against hangs only: no test is about time, and a loaded machine takes its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
