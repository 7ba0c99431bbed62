import { randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use this start of the host. The address that is printed carries a one-time token; the first browser that opens
 * it exchanges the token for the cookie, and the next address gets a new one. Nothing is kept over a restart.
 */
export class Access {
  readonly cookieName: string;
  readonly #secret = randomBytes(32).toString('base64url');
  #token = randomBytes(32).toString('base64url');

  /** Cookies do not know ports, so the name says it: two hosts on one machine must not overwrite each other's. */
  constructor(port: number) {
    this.cookieName = `likeness-${String(port)}`;
  }

  get token(): string {
    return this.#token;
  }

  get cookieValue(): string {
    return this.#secret;
  }

  hasCookie(value: string | undefined): boolean {
    return value !== undefined && isSame(value, this.#secret);
  }

  /** True once for a token; it is spent by that. */
  spend(token: string): boolean {
    if (!isSame(token, this.#token)) return false;
    this.#token = randomBytes(32).toString('base64url');
    return true;
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
