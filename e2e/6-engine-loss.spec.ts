import type { Page } from '@playwright/test';
import { smallDataset } from './faces.ts';
import { expect, goTo, test, untilDemoIsMade } from './journey.ts';

const running = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('status').filter({ hasText: 'The engine stopped and is being started again' });

async function enrolledCount(page: Page): Promise<number> {
  const answer = await page.evaluate(async () => {
    const reply = await fetch('/ask/desk.state', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    return (await reply.json()) as { value: { counts: { subjects: number } } };
  });
  return answer.value.counts.subjects;
}

test('the engine is killed in the middle of a training: the window says so, and the run resumes', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  await goTo(page, 'Train');
  await page.getByRole('link', { name: 'New training' }).click();
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('Struck by lightning');
  await page.getByRole('textbox', { name: 'Epochs', exact: true }).fill('4');
  await page.getByRole('button', { name: 'Start training' }).click();
  const epoch = page.getByRole('definition').filter({ hasText: /^\d+ of 4$/ });
  await expect(epoch).toHaveText(/^[1-3] of 4$/, { timeout: 120_000 });

  expect(await entered.host.killEngines()).toBeGreaterThan(0);
  await expect(running(page)).toBeVisible();
  await expect(running(page)).toBeHidden();
  // The run either went on by itself from its checkpoint, or says that it was interrupted and offers to.
  const resume = page.getByRole('button', { name: 'Resume' });
  const done = page.getByRole('heading', { level: 1 }).filter({ hasText: 'done' });
  await expect(resume.or(done)).toBeVisible({ timeout: 120_000 });
  if (await resume.isVisible()) await resume.click();
  await expect(done).toBeVisible({ timeout: 120_000 });
  await expect(epoch).toHaveText('4 of 4');
});

test('the engine is killed in the middle of an enrolment: nobody who was enrolled is lost', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  const before = await enrolledCount(page);
  const folder = await smallDataset(12, 4);
  await goTo(page, 'Enrol');
  await page.getByRole('textbox', { name: /^Folder with a folder per person/ }).fill(folder);
  await page.getByRole('button', { name: 'Enrol this folder' }).click();
  await expect.poll(() => enrolledCount(page)).toBeGreaterThan(before);
  const atTheKill = await enrolledCount(page);

  expect(await entered.host.killEngines()).toBeGreaterThan(0);
  await expect(running(page)).toBeVisible();
  await expect(running(page)).toBeHidden();
  expect(await enrolledCount(page)).toBeGreaterThanOrEqual(atTheKill);
  await page.reload();
  await page.getByRole('button', { name: /^Jobs/ }).click();
  await expect(page.getByRole('article').filter({ hasText: 'Enrol a folder' }).first()).toContainText(/done|interrupted|failed/);
  expect(await enrolledCount(page)).toBeGreaterThanOrEqual(atTheKill);
});
