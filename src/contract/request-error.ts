/** Why a request was not answered, for programs; the message is for people. */
export type RequestErrorCode =
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'bad-image'
  | 'bad-dataset'
  | 'bad-recipe'
  | 'no-model'
  | 'no-threshold'
  | 'too-little-data'
  | 'engine-lost'
  | 'cancelled'
  | 'not-allowed'
  /** The store's keys are not in memory: unlock it with the passphrase. */
  | 'locked'
  | 'wrong-passphrase'
  /** The store has operators, and nobody is signed in. */
  | 'not-signed-in'
  /** Too many wrong passphrases in a row. */
  | 'locked-out'
  | 'storage'
  | 'internal';

/** An error meant for the user: its message says what happened, where, and what to do. Everything else is a bug. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}
