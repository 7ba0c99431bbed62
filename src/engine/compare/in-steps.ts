import { setImmediate } from 'node:timers/promises';
import type { CountProgress } from '../../contract/engine-port.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Progress } from '../../evaluation/steps.ts';
import type { Work } from '../process/serve.ts';

/** Does comparisons step by step, and looks between the steps whether it is to stop. */
export async function inSteps<Result>(steps: Generator<Progress, Result>, { report, signal }: Work<CountProgress>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (signal.aborted) throw new RequestError('cancelled', `Stopped after ${step.value.done} of ${step.value.total} comparisons.`);
    report(step.value);
    await setImmediate();
  }
}
