import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits, runLimited, whyNoLimit } from '../store/test-support/small-disk.ts';
import { temporaryHome } from '../store/test-support/temporary-home.ts';
import type { FullDiskReport } from './test-support/desk-on-full-disk.ts';

const script = join(import.meta.dirname, 'test-support', 'desk-on-full-disk.ts');

describe.each(limits)('a disk that is full by a limit on the %s', (limit) => {
  const reason = whyNoLimit(limit);
  if (reason !== null) console.log(`A disk full by a limit on the ${limit} is not tried: ${reason}.`);

  it.skipIf(reason !== null)('leaves nothing half done, is said with what to do, and all goes on when there is room', () => {
    using disk = temporaryHome();
    judge(runLimited<FullDiskReport>(limit, disk.path, { megabytes: 24, script }));
  });
});

function judge(report: FullDiskReport): void {
  for (const [request, { code, message }] of Object.entries(report.refused)) {
    expect(code, `${request}: ${message}`).toBe('storage');
    expect(message, request).toMatch(/free (some )?space/i);
  }
  expect(report.leftBehind).toEqual([]);
  expect(report.people).toEqual({ before: ['Ann'], full: ['Ann'], after: ['Ann'] });
  expect(report.done).toMatchObject({ enrolled: true });
  expect(report.done.exported).toBeGreaterThan(5);
  expect(report.done.backedUp).toBeGreaterThan(2);
  expect(report.isAuditWhole).toBe(true);
  expect(report.faults).toEqual([]);
}
