import type { Page } from '@playwright/test';
import { epochsDone, expect, startTraining, test } from './journey.ts';

/** How long requests take that the window makes: the host's own answer, and as the busy page sees it. */
async function measureAnswers(page: Page, origin: string): Promise<{ host: number[]; page: number[] }> {
  const host: number[] = [];
  const inPage: number[] = [];
  for (let times = 0; times < 40; times += 1) {
    const begin = performance.now();
    await (await page.request.post(`${origin}/ask/desk.state`, { data: '{}', headers: { 'Content-Type': 'application/json', Origin: origin } })).text();
    host.push(performance.now() - begin);
    inPage.push(await page.evaluate(async () => {
      const from = performance.now();
      await fetch('/ask/desk.state', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then((reply) => reply.text());
      return performance.now() - from;
    }));
  }
  return { host, page: inPage };
}

function quantile(durations: readonly number[], share: number): number {
  return [...durations].sort((one, other) => one - other)[Math.floor(durations.length * share)]!;
}

function figure(name: string, durations: readonly number[]): string {
  return `${name}: median ${quantile(durations, 0.5).toFixed(1)} ms, 95 % below ${quantile(durations, 0.95).toFixed(1)} ms, slowest ${Math.max(...durations).toFixed(1)} ms`;
}

test('a network learns for two epochs, the window stays quick, and a cancelled run goes on', async ({ page, entered }, testInfo) => {
  await startTraining(page, 'Two epochs');
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThanOrEqual(1);
  const answers = await measureAnswers(page, entered.host.origin);
  for (const text of [figure('desk.state while training, the host', answers.host), figure('desk.state while training, in the page', answers.page)]) {
    testInfo.annotations.push({ type: 'measured', description: text });
    console.log(text);
  }
  expect(quantile(answers.host, 0.5)).toBeLessThan(100);
  expect(quantile(answers.page, 0.5)).toBeLessThan(100);
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThanOrEqual(2);

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cancelled');
  const before = await epochsDone(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('running');
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
});
