import type { z } from 'zod';
import { cancelableRequests } from './requests/cancelable.ts';
import { comparisonRequests } from './requests/comparisons.ts';
import { auditRequests } from './requests/audit.ts';
import { consentRequests } from './requests/consent.ts';
import { backupRequests } from './requests/backup.ts';
import { datasetRequests } from './requests/datasets.ts';
import { deskRequests } from './requests/desk.ts';
import { evaluationRequests } from './requests/evaluations.ts';
import { exploreRequests } from './requests/explore.ts';
import { exportRequests } from './requests/exports.ts';
import { fileRequests } from './requests/files.ts';
import { galleryRequests } from './requests/gallery.ts';
import { inspectionRequests } from './requests/inspections.ts';
import { matchingRequests } from './requests/matching.ts';
import { modelRequests } from './requests/models.ts';
import { operatorRequests } from './requests/operators.ts';
import { policyRequests } from './requests/policy.ts';
import { protectionRequests } from './requests/protection.ts';
import { protocolRequests } from './requests/protocols.ts';
import { runRequests } from './requests/runs.ts';
import { scoreFileRequests } from './requests/score-files.ts';
import { sweepRequests } from './requests/sweeps.ts';

/** Everything a screen, a script or the terminal may ask of the desk: the one list, from which all types follow. */
export const requestTable = {
  ...deskRequests,
  ...protectionRequests,
  ...operatorRequests,
  ...cancelableRequests,
  ...auditRequests,
  ...backupRequests,
  ...consentRequests,
  ...datasetRequests,
  ...runRequests,
  ...modelRequests,
  ...galleryRequests,
  ...inspectionRequests,
  ...matchingRequests,
  ...policyRequests,
  ...evaluationRequests,
  ...exploreRequests,
  ...exportRequests,
  ...fileRequests,
  ...scoreFileRequests,
  ...protocolRequests,
  ...comparisonRequests,
  ...sweepRequests,
};

export type RequestName = keyof typeof requestTable;
/** What the asker writes (defaults may be left out). */
export type RequestInput<Name extends RequestName> = z.input<(typeof requestTable)[Name]['input']>;
/** What the workflow receives (defaults filled in). */
export type ParsedInput<Name extends RequestName> = z.output<(typeof requestTable)[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<(typeof requestTable)[Name]['output']>;

/** Answers are data: they cross processes as they are. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; code: string; message: string };

export type Ask = <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>;

export type Handlers = { [Name in RequestName]: (input: ParsedInput<Name>) => Promise<RequestOutput<Name>> | RequestOutput<Name> };
