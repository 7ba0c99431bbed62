import { RequestError } from '../../contract/request-error.ts';

/** An error in words a person can act on, and what a colleague would want pasted. */
export interface Explanation {
  readonly title: string;
  readonly message: string;
  readonly details: string;
}

export function explain(error: unknown): Explanation {
  if (error instanceof RequestError) {
    return { title: titles[error.code] ?? 'That did not work', message: error.message, details: `${error.code}: ${error.message}` };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TypeError && /fetch|network/i.test(message)) {
    return { title: 'Likeness does not answer', message: 'The program behind this window cannot be reached. If it was closed, start it again; nothing typed here is lost.', details: message };
  }
  return { title: 'Something went wrong in the window', message, details: error instanceof Error ? (error.stack ?? message) : message };
}

const titles: Partial<Record<RequestError['code'], string>> = {
  'invalid-input': 'Something in the form does not fit',
  'not-found': 'Not found',
  'conflict': 'That is already there',
  'bad-image': 'The picture cannot be used',
  'bad-dataset': 'The dataset cannot be used',
  'bad-recipe': 'The recipe cannot be used',
  'no-model': 'No model in use',
  'no-threshold': 'No threshold chosen',
  'too-little-data': 'Too little data',
  'engine-lost': 'The engine stopped',
  'cancelled': 'Cancelled',
  'not-allowed': 'Not allowed',
  'locked': 'The store is locked',
  'wrong-passphrase': 'Not the right passphrase',
  'not-signed-in': 'Nobody is signed in',
  'locked-out': 'Locked out',
  'storage': 'The disk or the database refused',
  'internal': 'A bug in Likeness',
};
