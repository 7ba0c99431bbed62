import type { Handlers, ParsedInput, RequestName, RequestOutput } from '../../contract/requests.ts';
import type { NewAuditLine } from '../../store/audit/audit-trail.ts';
import type { Workbench } from '../workbench.ts';

type Describe<Name extends RequestName> = (input: ParsedInput<Name>, output: RequestOutput<Name>) => NewAuditLine;

/**
 * What the audit says of each request that touches people's data or decides how they are treated. Identifiers and figures, never
 * names. Enrolments, unlocking and locking are written where they happen.
 */
const described: { readonly [Name in RequestName]?: Describe<Name> } = {
  'verify.compare': ({ reference }, { score, isMatch, hand, model }) => ({
    action: 'verify', subjectId: 'subjectId' in reference ? reference.subjectId : null, details: { score: rounded(score), isMatch, ...(hand && { fingersMatching: hand.fingers.filter((one) => one.isMatch === true).length, fingers: hand.fingers.length }), model: model.id },
  }),
  'identify.search': (_input, { candidates, probes, searched, model }) => ({
    action: 'identify', subjectId: candidates[0]?.isAboveThreshold === true ? candidates[0].subjectId : null,
    details: { score: candidates[0] === undefined ? null : rounded(candidates[0].score), isAboveThreshold: candidates[0]?.isAboveThreshold ?? null, searched, probes: probes.length, model: model.id },
  }),
  'subjects.rename': ({ subjectId }) => ({ action: 'rename', subjectId }),
  'subjects.delete': ({ subjectId }, { samples, templates, rowsLeft, filesLeft, remains, unread, exportsElsewhere }) => ({
    action: 'delete', subjectId, details: { samples, templates, rowsLeft, filesLeft, filesWithName: remains.filter(({ holds }) => holds.includes('name')).length, filesUnread: unread.length, exportsElsewhere },
  }),
  'samples.delete': ({ sampleId }) => ({ action: 'delete.sample', details: { sampleId } }),
  'evaluations.export': ({ evaluationId }) => ({ action: 'export', details: { evaluationId } }),
  'audit.export': (_input, { lines }) => ({ action: 'export', details: { auditLines: lines } }),
  'embeddings.write': ({ paths }, { jobId }) => ({ action: 'export', details: { embeddingsOf: paths.length, jobId } }),
  // Of the address no more than the server: the rest may name somebody.
  'gallery.move': (_input, { server, subjects, samples, templates, sha256 }) => ({ action: 'gallery.move', details: { to: server === null ? 'the data folder' : new URL(server).host, subjects, samples, templates, sha256 } }),
  'protection.protect': (_input, { by, bySystem }) => ({ action: 'protect', details: { by, bySystem } }),
  'protection.rotate': () => ({ action: 'rotate' }),
  'cancelable.protect': ({ transform }, { jobId }) => ({ action: 'templates.protect', details: { transform, jobId } }),
  'cancelable.reissue': (_input, { jobId }) => ({ action: 'templates.reissue', details: { jobId } }),
  'protection.setLockAfter': ({ minutes }) => ({ action: 'settings', details: { lockAfterMinutes: minutes } }),
  // Where to is not said: the path of a folder may name somebody.
  'subjects.export': ({ subjectId, folder }, { files }) => ({ action: 'export', subjectId, details: { files: files.length, elsewhere: folder !== null } }),
  // What it is for is in the person's own words, and stays with the person.
  'consent.record': ({ subjectId }, { consent, expiresAt, replaced }) => ({
    action: 'consent', subjectId,
    details: { textVersion: consent?.textVersion ?? null, isGiven: consent !== null, expiresAt, formerTextVersion: replaced.consent?.textVersion ?? null, wasGiven: replaced.consent !== null, formerlyExpiresAt: replaced.expiresAt },
  }),
  'subjects.setRetention': ({ subjectId }, { expiresAt, replaced }) => ({ action: 'settings', subjectId, details: { expiresAt, formerlyExpiresAt: replaced.expiresAt } }),
  'consent.setPolicy': (_input, { version, isRequired, retentionDays }) => ({ action: 'settings', details: { consentText: version, isRequired, retentionDays } }),
  'guards.set': (guards) => ({ action: 'settings', details: { guards } }),
  'policy.set': (policy) => ({ action: 'settings', details: { policy } }),
  'thresholds.choose': ({ targetFmr }, { threshold, modelId }) => ({ action: 'settings', details: { threshold: rounded(threshold), targetFmr, modelId } }),
  'models.use': ({ modelId }) => ({ action: 'settings', details: { modelInUse: modelId } }),
  'demo.reset': () => ({ action: 'settings', details: { demo: 'reset' } }),
};

const rounded = (score: number): number => Number(score.toPrecision(6));

/** Nothing is answered before the audit has it on the disk. */
export function audited(handlers: Handlers, { store }: Workbench): Handlers {
  const wrapped = Object.entries(handlers).map(([name, handler]) => {
    const describe = described[name as RequestName] as Describe<RequestName> | undefined;
    if (describe === undefined) return [name, handler] as const;
    const ask = handler as (input: unknown) => unknown;
    const answer = async (input: never): Promise<unknown> => {
      const output = await ask(input);
      store.audit.append(describe(input, output as never));
      return output;
    };
    return [name, answer] as const;
  });
  return Object.fromEntries(wrapped) as Handlers;
}
