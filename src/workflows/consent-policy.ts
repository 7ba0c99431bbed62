import { RequestError } from '../contract/request-error.ts';
import type { Consent, ConsentPolicy, GivenConsent, Held } from '../contract/requests/consent.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Database } from '../store/statement.ts';

const policyKey = 'consent-policy';
const dayMs = 24 * 60 * 60_000;

const firstPolicy: ConsentPolicy = {
  version: 1, isRequired: false, retentionDays: null,
  text: 'I agree that pictures of me are kept and turned into biometric templates on this machine, to be compared with other pictures for the stated purpose. I can take this back at any time; everything about me is deleted then.',
};

export function readConsentPolicy(database: Database): ConsentPolicy {
  return (readSetting(database, policyKey) as ConsentPolicy | undefined) ?? firstPolicy;
}

/** @throws RequestError('invalid-input') for an expiry that has passed. */
export function consentOf(database: Database, given: GivenConsent, now: number): Consent {
  if (given.expiresAt !== null && given.expiresAt <= now) throw new RequestError('invalid-input', 'This consent would have expired already. Choose a later day.');
  const { version, text } = readConsentPolicy(database);
  return { textVersion: version, text, scope: given.scope, givenAt: now, expiresAt: given.expiresAt };
}

/** When the data of somebody who is enrolled now have to go: by the consent or by the retention, whichever comes first. */
export function expiryOf(database: Database, consent: Consent | null, now: number): number | null {
  const { retentionDays } = readConsentPolicy(database);
  return earliestOf(consent?.expiresAt ?? null, retentionDays === null ? null : now + retentionDays * dayMs);
}

export function earliestOf(...moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** A day that is over would delete the person within the hour, unasked: a slip of the pen must not. @throws RequestError('invalid-input') */
export function requireLaterDay(expiresAt: number, now: number): void {
  if (expiresAt <= now) throw new RequestError('invalid-input', 'This day is over. Choose a later one; or delete the person now, which asks for the name once more.');
}

/**
 * A consent that moves the day on which somebody's data go would keep them for longer than was agreed, or delete them sooner than anybody expects.
 * What is recorded for the first time moves nothing.
 *
 * @throws RequestError('conflict')
 */
export function refuseOtherDay(name: string, held: Held, expiresAt: number | null): void {
  const isFirst = held.consent === null && held.expiresAt === null;
  const [before, after] = [held.expiresAt ?? Infinity, expiresAt ?? Infinity];
  if (isFirst || before === after || Math.abs(after - before) < dayMs) return;
  throw new RequestError('conflict', `${name} is kept ${untilWords(held.expiresAt)} so far, and would be kept ${untilWords(expiresAt)} with this consent, which is ${after > before ? 'longer' : 'shorter'}. Nothing was recorded. If it is meant, record it all the same (in the terminal: --replace).`);
}

function untilWords(expiresAt: number | null): string {
  return expiresAt === null ? 'until somebody deletes the person' : `until ${new Date(expiresAt).toLocaleDateString('en-GB', { dateStyle: 'medium' })}`;
}

export function writeConsentPolicy(database: Database, wanted: Omit<ConsentPolicy, 'version'>): ConsentPolicy {
  const before = readConsentPolicy(database);
  const policy = { ...wanted, version: wanted.text === before.text ? before.version : before.version + 1 };
  writeSetting(database, policyKey, policy);
  return policy;
}

/**
 * The consent of somebody who is about to be enrolled.
 *
 * @throws RequestError('invalid-input') where the lab's policy wants one and there is none; 'conflict' where the person is enrolled already.
 */
export function consentAtEnrolment(database: Database, given: GivenConsent | null, isNew: boolean): Consent | null {
  if (given !== null && !isNew) throw new RequestError('conflict', 'This person is enrolled already, and a consent is recorded with somebody new only. Record it by itself (in the window: the person in the Gallery; in the terminal: likeness subjects consent NAME --scope SCOPE), and enrol the pictures without it.');
  if (given !== null) return consentOf(database, given, Date.now());
  if (isNew && readConsentPolicy(database).isRequired) {
    throw new RequestError('invalid-input', 'Nobody is enrolled here without a consent. Say what the person agreed to (in the window: "Consent given"; in the terminal: --consent SCOPE), or change the policy in Settings.');
  }
  return null;
}
