import type { Page } from '@playwright/test';
import { smallDataset } from './faces.ts';
import { epochsDone, expect, goTo, startTraining, test, untilDemoIsMade } from './journey.ts';

const restarting = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('status').filter({ hasText: 'The engine stopped and is being started again' });

/** Resolves once the window has said so, however soon the engine is back: looked at in every frame. */
const hasSaidSo = (page: Page): Promise<unknown> => page.evaluate(`new Promise((resolve) => {
  const look = () => (document.body.innerText.includes('The engine stopped and is being started again') ? resolve(true) : requestAnimationFrame(look));
  look();
})`);

async function enrolledCount(page: Page): Promise<number> {
  const answer = await page.evaluate(async () => {
    const reply = await fetch('/ask/desk.state', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    return (await reply.json()) as { value: { counts: { subjects: number } } };
  });
  return answer.value.counts.subjects;
}

test('the engine is killed in the middle of a training: the window says so, and the run resumes', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  await startTraining(page, 'Struck by lightning');
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThanOrEqual(1);
  const before = await epochsDone(page);

  const said = hasSaidSo(page);
  expect(await entered.host.killEngines()).toBeGreaterThan(0);
  await said;
  await expect(restarting(page)).toBeHidden();
  // The run either goes on by itself, or says that it was interrupted and offers to.
  const resume = page.getByRole('button', { name: 'Resume' });
  await expect(resume.or(page.getByRole('heading', { level: 1 }).filter({ hasText: 'running' }))).toBeVisible();
  if (await resume.isVisible()) await resume.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('running');
  await expect.poll(() => epochsDone(page), { timeout: 150_000 }).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cancelled');
});

test('the engine is killed in the middle of an enrolment: nobody who was enrolled is lost', async ({ page, entered }) => {
  await untilDemoIsMade(page);
  const before = await enrolledCount(page);
  const folder = await smallDataset(12, 4);
  await goTo(page, 'Enrol');
  await page.getByRole('textbox', { name: 'Folder or CSV file' }).fill(folder);
  await page.getByRole('button', { name: 'Enrol this folder' }).click();
  await expect.poll(() => enrolledCount(page)).toBeGreaterThan(before);
  const atTheKill = await enrolledCount(page);

  const said = hasSaidSo(page);
  expect(await entered.host.killEngines()).toBeGreaterThan(0);
  await said;
  await expect(restarting(page)).toBeHidden();
  expect(await enrolledCount(page)).toBeGreaterThanOrEqual(atTheKill);
  await page.reload();
  await page.getByRole('button', { name: /^Jobs/ }).click();
  await expect(page.getByRole('article').filter({ hasText: 'Enrol a folder' }).first()).toContainText(/done|interrupted|failed/);
  expect(await enrolledCount(page)).toBeGreaterThanOrEqual(atTheKill);
});
