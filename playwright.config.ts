import { defineConfig } from '@playwright/test';
import { chromium, chromiumFlags } from './e2e/browser.ts';

/** One worker: the journeys share one desk, as one person's day does, and the machine they are measured on. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/journeys',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromium(), args: chromiumFlags },
  },
});
