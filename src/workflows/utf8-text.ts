import { Transform } from 'node:stream';
import type { RequestErrorCode } from '../contract/request-error.ts';
import { RequestError } from '../contract/request-error.ts';

/**
 * Decodes the bytes of a table piece by piece, and what is left when it is called without any. In another encoding, Müller and Möller
 * would both become M\uFFFDller, one person: such a file is refused.
 *
 * @throws RequestError with the code, which says which file and what to do.
 */
export function utf8Decoder(path: string, code: RequestErrorCode): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new RequestError(code, `${path} is not UTF-8 text. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8"), then try again.`);
    }
  };
}

/** The same as a stream of text between a file and what reads it. */
export function utf8Stream(path: string, code: RequestErrorCode): Transform {
  const decode = utf8Decoder(path, code);
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => { pass(done, () => decode(chunk)); },
    flush: (done) => { pass(done, () => decode()); },
  });
}

function pass(done: (error: Error | null, text?: string) => void, decode: () => string): void {
  try {
    done(null, decode());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
