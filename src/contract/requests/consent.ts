import { z } from 'zod';
import { absolutePath, identifier, instant } from '../vocabulary.ts';
import { requests } from './request.ts';

/** What a person agreed to, and until when. */
export const consent = z.object({
  /** Of the text that was shown. */
  textVersion: z.number().int().positive(),
  text: z.string(),
  scope: z.string(),
  givenAt: instant,
  expiresAt: instant.nullable(),
});
export type Consent = z.infer<typeof consent>;

/** What holds for a person: the consent, and the day on which the data go (null: not by themselves). */
export const held = z.object({ consent: consent.nullable(), expiresAt: instant.nullable() });
export type Held = z.infer<typeof held>;

/** What held before; it is kept with the person, and goes with the person. */
export const formerlyHeld = held.extend({ replacedAt: instant });
export type FormerlyHeld = z.infer<typeof formerlyHeld>;

/** As it is recorded at enrolment: the text is the one in force. */
export const givenConsent = z.strictObject({ scope: z.string().trim().min(1).max(300), expiresAt: instant.nullable().default(null) });
export type GivenConsent = z.infer<typeof givenConsent>;

export const consentPolicy = z.object({
  /** Grows by one with every change of the text. */
  version: z.number().int().positive(),
  text: z.string(),
  isRequired: z.boolean(),
  /** People who are enrolled from now on are deleted so many days later; null: when their consent expires, if it does. */
  retentionDays: z.number().int().nullable(),
});
export type ConsentPolicy = z.infer<typeof consentPolicy>;

const subjectId = { subjectId: identifier };

export const consentRequests = requests({
  'consent.policy': { input: z.strictObject({}), output: consentPolicy },
  'consent.setPolicy': {
    input: z.strictObject({ text: z.string().trim().min(1).max(10_000), isRequired: z.boolean(), retentionDays: z.number().int().min(1).max(36_500).nullable() }),
    output: consentPolicy,
  },
  /**
   * Records a consent, or (null) that it was taken back; their data go when it expires. Where that is another day than the one that was recorded
   * before, it is refused ('conflict') unless `replaces` says that it is meant. What was before is kept, and answered.
   */
  'consent.record': {
    input: z.strictObject({ ...subjectId, consent: givenConsent.nullable(), replaces: z.boolean().default(false) }),
    output: held.extend({ replaced: held }),
  },
  /** The day on which a person's data are deleted, whatever the consent says; null: never by themselves. What was before is kept, and answered. */
  'subjects.setRetention': { input: z.strictObject({ ...subjectId, expiresAt: instant.nullable() }), output: held.extend({ replaced: held }) },
  /** Deletes everybody whose time is over, now; it happens by itself at the start and every hour. */
  'retention.run': { input: z.strictObject({}), output: z.object({ deleted: z.number().int() }) },
  /** All that is held about a person: person.json and the pictures, in a new folder. */
  'subjects.export': {
    input: z.strictObject({ ...subjectId, folder: absolutePath.nullable().default(null) }),
    output: z.object({ folder: z.string(), files: z.array(z.string()) }),
  },
});
