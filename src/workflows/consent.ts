import type { Handlers } from '../contract/requests.ts';
import { consentOf, earliestOf, expiryOf, readConsentPolicy, requireLaterDay, writeConsentPolicy } from './consent-policy.ts';
import { exportSubject } from './export-subject.ts';
import { knownSubject } from './gallery.ts';
import { deleteExpired } from './retention.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import type { Workbench } from './workbench.ts';
import { announce } from './workbench.ts';

type ConsentHandlers = Pick<Handlers, 'consent.policy' | 'consent.setPolicy' | 'consent.record' | 'subjects.setRetention' | 'retention.run' | 'subjects.export'>;

export function consentHandlers(workbench: Workbench, searchable: SearchableGallery): ConsentHandlers {
  const { gallery, database } = workbench.store;
  return {
    'consent.policy': () => readConsentPolicy(database),
    'consent.setPolicy': (wanted) => {
      const policy = writeConsentPolicy(database, wanted);
      announce(workbench, 'desk');
      return policy;
    },
    'consent.record': async ({ subjectId, consent: given }) => {
      await knownSubject(workbench, subjectId);
      const now = Date.now();
      const consent = given && consentOf(database, given, now);
      const newExpiry = expiryOf(database, consent, now);
      // Whoever takes a consent back does not agree to be kept for longer.
      const expiresAt = consent === null ? earliestOf((await gallery.readConsent(subjectId)).expiresAt, newExpiry) : newExpiry;
      await gallery.setConsent(subjectId, consent, expiresAt);
      announce(workbench, 'subjects');
      return { consent, expiresAt };
    },
    'subjects.setRetention': async ({ subjectId, expiresAt }) => {
      await knownSubject(workbench, subjectId);
      if (expiresAt !== null) requireLaterDay(expiresAt, Date.now());
      await gallery.setExpiry(subjectId, expiresAt);
      announce(workbench, 'subjects');
      return { expiresAt };
    },
    'retention.run': async () => ({ deleted: await deleteExpired(workbench, searchable) }),
    'subjects.export': ({ subjectId, folder }) => exportSubject(workbench, subjectId, folder),
  };
}
