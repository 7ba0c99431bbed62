/** Long work is a generator that yields how far it is, so that its caller can show it, pause it or drop it. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Runs steps to their end without looking at the progress. */
export function finish<Result>(steps: Generator<Progress, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
