import type { Page } from '@playwright/test';
import { expect, goTo, test } from './journey.ts';

/** The time of UI requests while a network trains, asked from the page as the window does. */
async function measureAnswers(page: Page, times: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const durations: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const begin = performance.now();
      await fetch('/ask/desk.state', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then((reply) => reply.text());
      durations.push(performance.now() - begin);
    }
    return durations;
  }, times);
}

const epochs = (page: Page): ReturnType<Page['getByText']> => page.getByRole('definition').filter({ hasText: /^\d+ of \d+$/ });

test('a network learns for two epochs, the window stays quick, and a cancelled run goes on', async ({ page }, testInfo) => {
  await goTo(page, 'Train');
  await page.getByRole('link', { name: 'New training' }).click();
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('Two epochs');
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('6');
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Two epochs/ })).toBeVisible();

  const before = await measureAnswers(page, 5);
  await expect(epochs(page)).toHaveText(/^[2-6] of 6$/, { timeout: 150_000 });
  const durations = [...before, ...(await measureAnswers(page, 40))].sort((one, other) => one - other);
  const [median, slow] = [durations[Math.floor(durations.length / 2)]!, durations[Math.floor(durations.length * 0.95)]!];
  const figure = `desk.state while training: median ${median.toFixed(1)} ms, 95 % below ${slow.toFixed(1)} ms, slowest ${durations.at(-1)!.toFixed(1)} ms`;
  testInfo.annotations.push({ type: 'measured', description: figure });
  console.log(figure);
  expect(median).toBeLessThan(100);

  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cancelled');

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('running');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('done', { timeout: 150_000 });
  await expect(epochs(page)).toHaveText('6 of 6');
});
