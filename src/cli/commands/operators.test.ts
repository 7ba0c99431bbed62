import { describe, expect, it } from 'vitest';
import { RequestError } from '../../contract/request-error.ts';
import type { DeskState } from '../../contract/requests/desk.ts';
import type { OperatorCard } from '../../contract/requests/operators.ts';
import type { Desk } from '../../contract/wire/desk.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { laboratory } from '../test-support/laboratory.ts';

const ann: OperatorCard = { id: 'operator-1', name: 'Ann', role: 'administrator', createdAt: 0, lockedOutUntil: null };

/** A desk where nobody is signed in yet. */
function closedLaboratory(env: Record<string, string>, given: unknown[] = []): Laboratory {
  let isIn = false;
  const lab = laboratory({
    'session.signIn': (input) => {
      given.push(input);
      if (input.passphrase !== 'ann likes long walks') throw new RequestError('wrong-passphrase', 'They do not belong together.');
      isIn = true;
      return { mustSignIn: false, operator: ann };
    },
    'operators.list': () => [ann],
    'operators.add': (input) => { given.push(input); return { ...ann, name: input.name, role: input.role }; },
    'operators.setRole': (input) => { given.push(input); return { ...ann, role: input.role }; },
    'operators.turnOff': (input) => { given.push(input); return { by: 'passphrase', isLocked: false, bySystem: false, hasSystem: false, lockAfterMinutes: 15, keysChangedAt: null }; },
    'desk.state': () => ({ protection: { by: 'operators' } }) as DeskState,
  }, { env });
  const seat = lab.desk.seat.bind(lab.desk);
  (lab.desk as { -readonly [Key in keyof Desk]: Desk[Key] }).seat = () => ({ ...seat(), mustSignIn: () => !isIn });
  return lab;
}

const annsEnv = { LIKENESS_OPERATOR: 'Ann', LIKENESS_PASSPHRASE: 'ann likes long walks' };

describe('a command on a store with operators', () => {
  it('signs in with LIKENESS_OPERATOR and LIKENESS_PASSPHRASE', async () => {
    const given: unknown[] = [];
    const lab = closedLaboratory(annsEnv, given);
    expect(await lab.run('operators', 'list')).toBe(0);
    expect(given).toEqual([{ name: 'Ann', passphrase: 'ann likes long walks' }]);
    expect(lab.stdout()).toMatch(/^Ann +administrator +1970-01-01$/m);
  });

  it('says what to set, and what is wrong', async () => {
    const nameless = closedLaboratory({ LIKENESS_PASSPHRASE: 'ann likes long walks' });
    expect(await nameless.run('subjects', 'list')).toBe(1);
    expect(nameless.stderr()).toMatch(/Set LIKENESS_OPERATOR to your name/);
    const wrong = closedLaboratory({ ...annsEnv, LIKENESS_PASSPHRASE: 'wrong' });
    expect(await wrong.run('subjects', 'list', '--json')).toBe(1);
    expect(JSON.parse(wrong.stdout())).toMatchObject({ error: { code: 'wrong-passphrase' } });
  });
});

describe('likeness operators', () => {
  it('adds one with the passphrase of whoever asks', async () => {
    const given: unknown[] = [];
    const { run, stdout } = closedLaboratory({ ...annsEnv, LIKENESS_NEW_PASSPHRASE: 'otto reads both ways' }, given);
    expect(await run('operators', 'add', 'Otto', '--role', 'operator')).toBe(0);
    expect(given.at(-1)).toEqual({ name: 'Otto', role: 'operator', passphrase: 'otto reads both ways', own: 'ann likes long walks' });
    expect(stdout()).toMatch(/^Otto is operator\./);
  });

  it('are turned off by an administrator, with one passphrase for everybody', async () => {
    const given: unknown[] = [];
    const { run, stdout } = closedLaboratory({ ...annsEnv, LIKENESS_NEW_PASSPHRASE: 'one for everybody' }, given);
    expect(await run('operators', 'off')).toBe(0);
    expect(given.at(-1)).toEqual({ passphrase: 'one for everybody', own: 'ann likes long walks' });
    expect(stdout()).toMatch(/no operators any more/);
  });

  it('changes a role by name, and names those there are', async () => {
    const given: unknown[] = [];
    const lab = closedLaboratory(annsEnv, given);
    expect(await lab.run('operators', 'role', 'ann', 'researcher')).toBe(0);
    expect(given.at(-1)).toEqual({ operatorId: 'operator-1', role: 'researcher' });
    expect(await lab.run('operators', 'remove', 'Zoe')).toBe(1);
    expect(lab.stderr()).toMatch(/There is no operator called Zoe\. There are Ann\./);
    expect(await lab.run('operators', 'role', 'Ann', 'king')).toBe(2);
  });
});
