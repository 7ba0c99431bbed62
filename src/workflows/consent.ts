import type { Handlers } from '../contract/requests.ts';
import { consentOf, earliestOf, expiryOf, readConsentPolicy, refuseOtherDay, requireLaterDay, writeConsentPolicy } from './consent-policy.ts';
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
    'consent.record': async ({ subjectId, consent: given, replaces }) => {
      const { name } = await knownSubject(workbench, subjectId);
      const now = Date.now();
      const consent = given && consentOf(database, given, now);
      const newExpiry = expiryOf(database, consent, now);
      const recorded = await gallery.changeConsent(subjectId, now, (held) => {
        // Whoever takes a consent back does not agree to be kept for longer.
        if (consent === null) return { consent, expiresAt: earliestOf(held.expiresAt, newExpiry) };
        if (!replaces) refuseOtherDay(name, held, newExpiry);
        return { consent, expiresAt: newExpiry };
      });
      announce(workbench, 'subjects');
      return recorded;
    },
    'subjects.setRetention': async ({ subjectId, expiresAt }) => {
      await knownSubject(workbench, subjectId);
      const now = Date.now();
      if (expiresAt !== null) requireLaterDay(expiresAt, now);
      const recorded = await gallery.changeConsent(subjectId, now, ({ consent }) => ({ consent, expiresAt }));
      announce(workbench, 'subjects');
      return recorded;
    },
    'retention.run': async () => ({ deleted: await deleteExpired(workbench, searchable) }),
    'subjects.export': ({ subjectId, folder }) => exportSubject(workbench, subjectId, folder),
  };
}
