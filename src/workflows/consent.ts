import type { Handlers } from '../contract/requests.ts';
import { consentOf, expiryOf, readConsentPolicy, writeConsentPolicy } from './consent-policy.ts';
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
      const expiresAt = expiryOf(database, consent, now);
      await gallery.setConsent(subjectId, consent, expiresAt);
      announce(workbench, 'subjects');
      return { consent, expiresAt };
    },
    'subjects.setRetention': async ({ subjectId, expiresAt }) => {
      await knownSubject(workbench, subjectId);
      await gallery.setExpiry(subjectId, expiresAt);
      announce(workbench, 'subjects');
      return { expiresAt };
    },
    'retention.run': async () => ({ deleted: await deleteExpired(workbench, searchable) }),
    'subjects.export': ({ subjectId, folder }) => exportSubject(workbench, subjectId, folder),
  };
}
