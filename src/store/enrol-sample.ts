import { RequestError } from '../contract/request-error.ts';
import type { NewSample } from './samples.ts';
import { findHolder, insertSample } from './samples.ts';
import type { Database } from './statement.ts';
import { transaction } from './statement.ts';
import type { NewSubject } from './subjects.ts';
import { countSubjectRows, findSubjectIdByName, insertSubject } from './subjects.ts';
import type { Template } from './templates.ts';
import { insertTemplate } from './templates.ts';

/** One picture with its template. The person is known by identifier, or by name and made where nobody has it yet. */
export interface Enrolment {
  subject: { id: string } | NewSubject;
  sample: Omit<NewSample, 'subjectId'>;
  template: Omit<Template, 'sampleId'>;
}

export type EnrolmentOutcome =
  | { kind: 'enrolled'; subjectId: string }
  /** The very same picture is enrolled already, of this person or another. */
  | { kind: 'known-picture'; subjectId: string; name: string };

/**
 * Keeps person, picture and template together, or nothing of them.
 *
 * @throws RequestError('not-found') when the person was deleted meanwhile.
 */
export function enrolSample(database: Database, { subject, sample, template }: Enrolment): EnrolmentOutcome {
  return transaction(database, () => {
    const holder = findHolder(database, sample.sha256);
    if (holder !== undefined) return { kind: 'known-picture', ...holder };
    const subjectId = 'name' in subject ? subjectByName(database, subject) : knownSubject(database, subject.id);
    insertSample(database, { ...sample, subjectId });
    insertTemplate(database, { ...template, sampleId: sample.id });
    return { kind: 'enrolled', subjectId };
  });
}

function subjectByName(database: Database, subject: NewSubject): string {
  const known = findSubjectIdByName(database, subject.name);
  if (known === undefined) insertSubject(database, subject);
  return known ?? subject.id;
}

function knownSubject(database: Database, id: string): string {
  if (countSubjectRows(database, id) === 0) throw new RequestError('not-found', 'This person was deleted meanwhile. Nothing was enrolled.');
  return id;
}
