import { describe, expect, it } from 'vitest';
import type { Progress } from './steps.ts';
import { finish } from './steps.ts';

describe('steps of long work', () => {
  it('run to their end and hand over the result', () => {
    let done = 0;
    function* work(): Generator<Progress, string> {
      while (done < 3) yield { done: done++, total: 3 };
      return 'result';
    }
    expect(finish(work())).toBe('result');
    expect(done).toBe(3);
  });
});
