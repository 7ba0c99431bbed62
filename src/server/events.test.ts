import { expect, it, vi } from 'vitest';
import { smallDesk } from '../contract/wire/test-support/small-desk.ts';
import { eventStream } from './events.ts';

it('shows that it is still there, now and then', async () => {
  vi.useFakeTimers();
  try {
    const reader = eventStream(smallDesk(), 15_000).pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('retry: 1000\n\n');
    vi.advanceTimersByTime(15_000);
    expect((await reader.read()).value).toBe(': still here\n\n');
    await reader.cancel();
  } finally {
    vi.useRealTimers();
  }
});

it('lets a window go that has fallen far behind, and keeps nothing for it', async () => {
  const desk = smallDesk();
  const stream = eventStream(desk, 15_000);
  for (let times = 0; times < 5000; times += 1) desk.tell({ type: 'changed', topic: 'runs' });
  expect(desk.listeners.size).toBe(0);
  let lines = 0;
  const reader = stream.getReader();
  while (!(await reader.read()).done) lines += 1;
  expect(lines).toBeGreaterThan(1000);
  expect(lines).toBeLessThan(3000);
});
