import { prepare } from './prepare.mjs';
import { createSetup } from './prepare/setup.mjs';
import { threadsStep } from './prepare/threads.mjs';

/** What the tests run that is made of the sources: vitest itself makes the rest. */
export default async function makeThreads() {
  const [lacking] = await prepare(createSetup(), [threadsStep]);
  if (lacking) throw new Error(`${lacking.detail}, because ${lacking.reason}`);
}
