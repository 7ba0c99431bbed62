import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Seat } from '../contract/wire/desk.ts';

/**
 * Who may use this start of the host. The address that is printed carries a one-time token; the first browser that opens
 * it exchanges the token for a cookie of its own, and the next address gets a new one. Each browser has a seat at the desk, so
 * whoever signs in there is signed in there alone. Nothing is kept over a restart.
 */
export class Access {
  readonly cookieName: string;
  readonly #takeSeat: () => Seat;
  readonly #seats = new Map<string, Seat>();
  #token = randomBytes(32).toString('base64url');

  /** Cookies do not know ports, so the name says it: two hosts on one machine must not overwrite each other's. */
  constructor(port: number, takeSeat: () => Seat) {
    this.cookieName = `likeness-${String(port)}`;
    this.#takeSeat = takeSeat;
  }

  get token(): string {
    return this.#token;
  }

  /** The seat of the browser with this cookie; undefined for one that was not let in. */
  seatOf(cookie: string | undefined): Seat | undefined {
    // By its hash: how long the search takes tells nothing of the secret.
    return cookie === undefined ? undefined : this.#seats.get(hashed(cookie));
  }

  /** A cookie, once for a token, which is spent by that; null for a token that is not the one. */
  spend(token: string): string | null {
    if (!isSame(token, this.#token)) return null;
    this.#token = randomBytes(32).toString('base64url');
    const cookie = randomBytes(32).toString('base64url');
    this.#seats.set(hashed(cookie), this.#takeSeat());
    return cookie;
  }
}

function hashed(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64');
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
