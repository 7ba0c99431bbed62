import type { Page } from '@playwright/test';
import { median } from '../shared/median.ts';

/** Times between the frames of a page, in ms. */
export interface Frames {
  count: number;
  median: number;
  /** Nineteen of twenty are no longer. */
  p95: number;
  slowest: number;
}

/** In the page: the page's own clock tells when each frame begins. */
const begin = `(() => {
  const recording = (window.recording = { times: [], isOver: false });
  const onFrame = (time) => {
    recording.times.push(time);
    if (!recording.isOver) requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
})()`;
const end = '(window.recording.isOver = true, window.recording.times)';

/** The frames of a page while something is done in it. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(begin);
  await act();
  return framesOf(await page.evaluate<number[]>(end));
}

/** @param times when frames began, ascending, two or more. */
export function framesOf(times: readonly number[]): Frames {
  const gaps = times.slice(1).map((time, before) => time - times[before]!).sort((one, other) => one - other);
  return { count: gaps.length, median: median(gaps), p95: gaps[Math.ceil(0.95 * gaps.length) - 1]!, slowest: gaps.at(-1)! };
}
