import { RequestError } from '../contract/request-error.ts';

/** One call at a time; of those that wait only the newest is made, and the others are told that a newer one came ("cancelled"). */
export function newestOnly<Input, Output>(call: (input: Input) => Promise<Output>): (input: Input) => Promise<Output> {
  let isBusy = false;
  let next: { input: Input; answer: PromiseWithResolvers<Output> } | null = null;
  const work = async (): Promise<void> => {
    isBusy = true;
    while (next !== null) {
      const { input, answer } = next;
      next = null;
      await call(input).then(answer.resolve, answer.reject);
    }
    isBusy = false;
  };
  return (input) => {
    next?.answer.reject(new RequestError('cancelled', 'A newer frame came before this one was looked at.'));
    const answer = Promise.withResolvers<Output>();
    next = { input, answer };
    if (!isBusy) void work();
    return answer.promise;
  };
}
