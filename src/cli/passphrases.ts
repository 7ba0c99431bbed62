import { RequestError } from '../contract/request-error.ts';
import { shortestPassphrase } from '../contract/requests/protection.ts';
import type { Session } from './session.ts';

/** The one that unlocked this command, or null where the store has none. */
export async function currentPassphrase({ ask, passphrase }: Session): Promise<string | null> {
  const { protection } = await ask('desk.state', {});
  return protection.by === 'key-file' ? null : passphrase();
}

/** From LIKENESS_NEW_PASSPHRASE, or asked for twice. @throws RequestError('invalid-input') */
export async function newPassphrase({ env, terminal }: Session): Promise<string> {
  const given = env['LIKENESS_NEW_PASSPHRASE'];
  if (given !== undefined && given !== '') return longEnough(given);
  const typed = await terminal.askSecret('New passphrase: ');
  if (typed === null) throw new RequestError('invalid-input', 'There is no terminal to ask for the new passphrase. Set LIKENESS_NEW_PASSPHRASE.');
  longEnough(typed);
  if ((await terminal.askSecret('Once more: ')) !== typed) throw new RequestError('invalid-input', 'The two are not the same. Nothing was changed.');
  return typed;
}

/** Said before it is asked for once more, and in other words than those of the request. */
function longEnough(passphrase: string): string {
  if (passphrase.length >= shortestPassphrase) return passphrase;
  throw new RequestError('invalid-input', `The new passphrase is too short: it needs at least ${String(shortestPassphrase)} characters; some words in a row are good. Nothing was changed.`);
}
