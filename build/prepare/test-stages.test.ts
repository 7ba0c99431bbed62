import { expect, test } from 'vitest';
import { countEndToEnd, countUnit, sumLine } from './test-stages.mjs';

test('the last line sums all stages, and speaks of skipped tests only when there are some', () => {
  const unit = { passed: 10, failed: 1, skipped: 0 };
  expect(sumLine([unit, { passed: 5, failed: 2, skipped: 0 }])).toEqual({ line: '15 passed, 3 failed', failed: 3 });
  expect(sumLine([unit, { passed: 0, failed: 0, skipped: 4 }]).line).toBe('10 passed, 1 failed, 4 skipped');
});

test('a unit test file that cannot be loaded is a failure', () => {
  const report = {
    numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(countUnit(report)).toEqual({ passed: 3, failed: 2, skipped: 3 });
});

test('an end-to-end run that breaks off outside a test is a failure', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countEndToEnd({ stats, errors: [{}] })).toEqual({ passed: 8, failed: 2, skipped: 2 });
});
