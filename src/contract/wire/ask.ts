import type { Answer, Ask } from '../requests.ts';
import type { RequestErrorCode } from '../request-error.ts';
import { RequestError } from '../request-error.ts';

/**
 * Carries one question to a host and its answer back. Rejects only when the host could not be reached. Over HTTP: POST
 * /ask/<name>, the input as `encodeBytes` writes it, the answer read by `decodeBytes`; over Electron: `window.likeness.ask`.
 */
export type Transport = (name: string, input: unknown) => Promise<Answer<unknown>>;

/** The typed client: resolves with the value, rejects with the RequestError the host answered. */
export function askOver(transport: Transport): Ask {
  return async (name, input) => {
    const reply = await transport(name, input);
    if (!reply.ok) throw new RequestError(reply.code as RequestErrorCode, reply.message);
    // The host's handler is typed by the same table, so its value has the shape the asker expects.
    return reply.value as never;
  };
}
