import { describe, expect, it } from 'vitest';
import type { DeskEvent, Topic } from './events.ts';
import type { Job } from './jobs.ts';
import type { Role } from './requests/operators.ts';
import { requestTable } from './requests.ts';
import { mayAsk, mayHear, refusalOf, whoMay } from './roles.ts';

const names = Object.keys(requestTable) as (keyof typeof requestTable)[];
const askedBy = (role: Role): string[] => names.filter((name) => mayAsk(name, role));

describe('the table of roles', () => {
  it('has a line for each request, and no other', () => {
    expect(Object.keys(whoMay).sort()).toEqual([...names].sort());
  });

  it('lets an administrator ask everything, and nobody but signing in', () => {
    expect(askedBy('administrator')).toEqual(names);
    expect(names.filter((name) => refusalOf(name, null) === null).sort()).toEqual(['session.signIn', 'session.signOut', 'session.state']);
  });

  it('shows a researcher nothing of the gallery, and an operator nothing of the laboratory', () => {
    const aboutPeople = /^(subjects|samples|enrol|verify|identify|gallery|consent\.record|retention|receipts|audit|images\.put)/;
    expect(askedBy('researcher').filter((name) => aboutPeople.test(name))).toEqual([]);
    expect(askedBy('operator').filter((name) => /^(datasets|runs|sweeps|evaluations|explore|comparisons|protocols|scores|labels|embeddings|exports)/.test(name))).toEqual([]);
  });

  it('leaves what is about the store itself to administrators', () => {
    for (const name of names.filter((one) => /^(operators|backup|audit|receipts|gallery|retention)\.|\.setPolicy$|^(policy|guards)\.set$|^protection\.(protect|rotate|setLockAfter)$/.test(one))) {
      expect(whoMay[name], name).toEqual(['administrator']);
    }
  });

  it('refuses in words that say who, as what, and what to do', () => {
    expect(refusalOf('runs.start', { name: 'Ann', role: 'operator' })).toMatchObject({
      code: 'not-allowed',
      message: 'This is for researchers and administrators, and Ann is signed in as operator. An administrator can do it, or give Ann another role.',
    });
    expect(refusalOf('runs.list', null)).toMatchObject({ code: 'not-signed-in', message: expect.stringMatching(/LIKENESS_OPERATOR/) });
  });
});

describe('events', () => {
  const heard = (event: DeskEvent): Role[] => (['operator', 'researcher', 'administrator'] as const).filter((role) => mayHear(event, { name: 'Ann', role }));
  const jobOf = (kind: Job['kind']): DeskEvent => ({ type: 'job', job: { kind } as Job });
  const changed = (topic: Topic): DeskEvent => ({ type: 'changed', topic });

  it('are told to those whose work they are', () => {
    expect(heard(jobOf('enrol-folder'))).toEqual(['operator', 'administrator']);
    expect(heard(jobOf('train'))).toEqual(['researcher', 'administrator']);
    expect(heard(changed('subjects'))).toEqual(['operator', 'administrator']);
    expect(heard(changed('desk'))).toEqual(['operator', 'researcher', 'administrator']);
    expect(heard({ type: 'run.step', runId: 'run-1', step: {} as never })).toEqual(['researcher', 'administrator']);
  });

  it('say to a place where nobody is signed in only that it is time to ask', () => {
    for (const event of [jobOf('demo'), changed('desk'), { type: 'engine', state: 'ready', message: null } as const]) expect(mayHear(event, null)).toBe(false);
    expect(mayHear(changed('session'), null)).toBe(true);
  });
});
