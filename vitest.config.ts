import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'build/**/*.test.ts'],
    pool: 'forks',
    globalSetup: 'build/vitest-setup.mjs',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
