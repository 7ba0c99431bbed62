import type { Handlers } from '../contract/requests.ts';
import { comparisonHandlers } from './comparisons.ts';
import { auditHandlers } from './audit/audit.ts';
import { audited } from './audit/audited-requests.ts';
import { consentHandlers } from './consent.ts';
import { backupHandlers } from './backup.ts';
import { cancelableHandlers } from './cancelable.ts';
import { datasetHandlers } from './datasets.ts';
import { demoHandlers } from './demo.ts';
import { deskState } from './desk-state.ts';
import { deviceHandlers } from './device.ts';
import { enrolmentHandlers } from './enrolment.ts';
import { evaluationHandlers } from './evaluations.ts';
import { exploreHandlers } from './explore/explore.ts';
import { labelHandlers } from './explore/label-marks.ts';
import { exportHandlers } from './exports.ts';
import { fileHandlers } from './files.ts';
import { folderHandlers } from './folders.ts';
import { galleryHandlers } from './gallery.ts';
import { galleryPlaceHandlers } from './gallery-place.ts';
import { imageHandlers } from './images.ts';
import { matchingHandlers } from './matching.ts';
import { modelHandlers } from './models.ts';
import { shippedModelHandlers } from './shipped-models.ts';
import { jobHandlers } from './operators/job-handlers.ts';
import { operatorHandlers } from './operators/operators.ts';
import { sessionHandlers } from './operators/sessions.ts';
import { guardedByLock, protectionHandlers } from './protection.ts';
import { protocolHandlers } from './protocols.ts';
import { recipeHandlers } from './recipes.ts';
import { policyHandlers } from './sample-policy.ts';
import { scoreFileHandlers } from './score-files.ts';
import type { SearchableGallery } from './searchable-gallery.ts';
import { galleryProtectionHandlers } from './templates/gallery-protection.ts';
import { sweepHandlers } from './sweep.ts';
import { trainingHandlers } from './training.ts';
import type { Workbench } from './workbench.ts';

/** The answer to every request of the table; the compiler counts that none is missing. */
export function allHandlers(workbench: Workbench, searchable: SearchableGallery): Handlers {
  const { jobs } = workbench;
  const explorer = exploreHandlers(workbench);
  const handlers: Handlers = {
    'desk.state': () => deskState(workbench),
    ...jobHandlers(jobs),
    ...sessionHandlers(workbench, searchable),
    ...operatorHandlers(workbench),
    ...protectionHandlers(workbench, searchable),
    ...auditHandlers(workbench),
    ...backupHandlers(workbench),
    ...consentHandlers(workbench, searchable),
    ...deviceHandlers(workbench),
    ...demoHandlers(workbench),
    ...folderHandlers(),
    ...exportHandlers(workbench),
    ...fileHandlers(workbench),
    ...cancelableHandlers(workbench),
    ...galleryProtectionHandlers(workbench, searchable),
    ...datasetHandlers(workbench),
    ...recipeHandlers(workbench),
    ...trainingHandlers(workbench),
    ...modelHandlers(workbench),
    ...shippedModelHandlers(workbench),
    ...imageHandlers(workbench),
    ...galleryHandlers(workbench, searchable),
    ...galleryPlaceHandlers(workbench),
    ...enrolmentHandlers(workbench, searchable),
    ...matchingHandlers(workbench, searchable),
    ...policyHandlers(workbench),
    ...evaluationHandlers(workbench, explorer),
    ...explorer,
    ...labelHandlers(workbench),
    ...sweepHandlers(workbench),
    ...scoreFileHandlers(workbench),
    ...protocolHandlers(workbench),
    ...comparisonHandlers(workbench),
  };
  return guardedByLock(audited(handlers, workbench), workbench.store);
}
