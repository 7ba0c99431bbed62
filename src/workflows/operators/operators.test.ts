import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestInput, RequestName, RequestOutput } from '../../contract/requests.ts';
import type { Seat } from '../../contract/wire/desk.ts';
import { answer } from '../../contract/wire/answer.ts';
import { askOver } from '../../contract/wire/ask.ts';
import type { Laboratory } from '../test-support/laboratory.ts';
import { openLaboratory, refusal } from '../test-support/laboratory.ts';

const passphrases = { Ann: 'ann likes long walks', Rose: 'rose likes roses a lot', Otto: 'otto reads both ways' };
type Who = keyof typeof passphrases;
type Asking = <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>;

let laboratory: Laboratory;
let ann: Asking;

/** A place at the desk, asked as a door asks. */
function newPlace(lab: Laboratory = laboratory): { ask: Asking; seat: Seat } {
  const seat = lab.desk.seat();
  const answerer = { handlers: seat.handlers, permit: seat.permit, reportFault: ({ error }: { error: unknown }) => { throw error; } };
  return { seat, ask: askOver((name, input) => answer(answerer, name, input)) };
}

async function signedIn(name: Who, lab: Laboratory = laboratory): Promise<Asking> {
  const { ask } = newPlace(lab);
  await ask('session.signIn', { name, passphrase: passphrases[name] });
  return ask;
}

beforeEach(async () => {
  laboratory = await openLaboratory();
  ann = newPlace().ask;
  await ann('operators.add', { name: 'Ann', role: 'administrator', passphrase: passphrases.Ann });
});

afterEach(async () => {
  vi.useRealTimers();
  await laboratory.leave();
});

const add = (name: Who, role: 'operator' | 'researcher') => ann('operators.add', { name, role, passphrase: passphrases[name], own: passphrases.Ann });
const said = async (ask: Asking): Promise<string[]> => (await ask('audit.list', {})).lines.map(({ action, operator, details }) => `${action} ${operator ?? '-'} ${String(details['name'] ?? '')}`.trim());

describe('the first administrator', () => {
  it('is signed in where it was made, and every other place asks who is there', async () => {
    expect(await ann('session.state', {})).toMatchObject({ mustSignIn: false, operator: { name: 'Ann', role: 'administrator' } });
    const { ask, seat } = newPlace();
    expect(seat.mustSignIn()).toBe(true);
    expect(await ask('session.state', {})).toEqual({ mustSignIn: true, operator: null });
    expect(await refusal(ask('desk.state', {}))).toMatchObject({ code: 'not-signed-in' });
    expect(await refusal(ask('protection.unlock', { passphrase: passphrases.Ann }))).toMatchObject({ code: 'not-signed-in' });
    await expect(seat.image('sample-1', 64)).rejects.toMatchObject({ code: 'not-signed-in' });
    expect((await ann('desk.state', {})).protection).toMatchObject({ by: 'operators', isLocked: false });
  });

  it('cannot be removed or made something else while there is no other', async () => {
    const { id } = (await ann('operators.list', {}))[0]!;
    expect(await refusal(ann('operators.remove', { operatorId: id }))).toMatchObject({ code: 'not-allowed', message: expect.stringMatching(/last administrator/) });
    expect(await refusal(ann('operators.setRole', { operatorId: id, role: 'researcher' }))).toMatchObject({ code: 'not-allowed' });
    expect(await refusal(ann('protection.protect', { current: passphrases.Ann, next: 'one for everybody' }))).toMatchObject({ code: 'conflict' });
  });

  it('is an administrator, and gives its passphrase for the others', async () => {
    const other = await openLaboratory();
    expect(await refusal(newPlace(other).ask('operators.add', { name: 'Otto', role: 'operator', passphrase: passphrases.Otto }))).toMatchObject({ code: 'conflict' });
    await other.leave();
    expect(await refusal(ann('operators.add', { name: 'Otto', role: 'operator', passphrase: passphrases.Otto }))).toMatchObject({ code: 'wrong-passphrase' });
    expect(await refusal(ann('operators.add', { name: 'ann', role: 'operator', passphrase: passphrases.Otto, own: passphrases.Ann }))).toMatchObject({ code: 'conflict' });
  });
});

describe('a session', () => {
  it('ends with signing out; the last one locks the store', async () => {
    await add('Otto', 'operator');
    const otto = await signedIn('Otto');
    expect(await otto('session.signOut', {})).toEqual({ mustSignIn: true, operator: null });
    expect(laboratory.desk.isLocked()).toBe(false);
    await ann('session.signOut', {});
    expect(laboratory.desk.isLocked()).toBe(true);
    expect(await refusal(ann('subjects.list', {}))).toMatchObject({ code: 'not-signed-in' });
  });

  it('ends with the lock, everywhere, and begins again with the passphrase', async () => {
    await add('Otto', 'operator');
    const otto = await signedIn('Otto');
    await ann('protection.lock', {});
    expect(await refusal(otto('subjects.list', {}))).toMatchObject({ code: 'not-signed-in' });
    await otto('session.signIn', { name: 'Otto', passphrase: passphrases.Otto });
    expect(await otto('subjects.list', {})).toMatchObject({ total: 0 });
    // Whoever opens the store opens it for themselves alone.
    expect(await refusal(ann('subjects.list', {}))).toMatchObject({ code: 'not-signed-in' });
  });

  it('ends when the operator is removed, and has the role that the operator has now', async () => {
    const { id } = await add('Rose', 'researcher');
    const rose = await signedIn('Rose');
    expect(await refusal(rose('subjects.list', {}))).toMatchObject({ code: 'not-allowed' });
    await ann('operators.setRole', { operatorId: id, role: 'operator' });
    expect(await rose('subjects.list', {})).toMatchObject({ total: 0 });
    await ann('operators.remove', { operatorId: id });
    expect(await refusal(rose('subjects.list', {}))).toMatchObject({ code: 'not-signed-in' });
    expect(await refusal(rose('session.signIn', { name: 'Rose', passphrase: passphrases.Rose }))).toMatchObject({ code: 'wrong-passphrase' });
  });

  it('ends after idle time though somebody else is at work', async () => {
    await add('Otto', 'operator');
    const otto = await signedIn('Otto');
    await ann('protection.setLockAfter', { minutes: 1 });
    const now = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 50_000);
    await ann('protection.touch', {});
    later.mockImplementation(() => now() + 65_000);
    await vi.waitFor(async () => { expect(await otto('session.state', {})).toEqual({ mustSignIn: true, operator: null }); }, { timeout: 5000 });
    expect(await ann('session.state', {})).toMatchObject({ mustSignIn: false });
    later.mockRestore();
  });

  it('changes its own passphrase', async () => {
    const next = 'ann now likes to sit';
    expect(await refusal(ann('session.setPassphrase', { current: 'not the passphrase', next }))).toMatchObject({ code: 'wrong-passphrase' });
    await ann('session.setPassphrase', { current: passphrases.Ann, next });
    const { ask } = newPlace();
    expect(await ask('session.signIn', { name: 'Ann', passphrase: next })).toMatchObject({ operator: { name: 'Ann' } });
  });
});

describe('operators that are turned off', () => {
  const forAll = 'one for everybody';

  it('open nothing any more; one passphrase does, also after a restart, and the audit says who did it', async () => {
    await add('Otto', 'operator');
    const otto = await signedIn('Otto');
    expect(await refusal(otto('operators.turnOff', { passphrase: forAll, own: passphrases.Otto }))).toMatchObject({ code: 'not-allowed' });
    expect(await refusal(ann('operators.turnOff', { passphrase: forAll, own: passphrases.Otto }))).toMatchObject({ code: 'wrong-passphrase' });
    expect(await ann('operators.list', {})).toHaveLength(2);
    expect(await ann('operators.turnOff', { passphrase: forAll, own: passphrases.Ann })).toMatchObject({ by: 'passphrase', isLocked: false });
    expect(await ann('session.state', {})).toEqual({ mustSignIn: false, operator: null });
    expect(await ann('operators.list', {})).toEqual([]);
    expect((await said(ann))[0]).toBe('operators.off Ann');
    expect(await ann('audit.verify', {})).toMatchObject({ isWhole: true });
    expect(await refusal(ann('session.signIn', { name: 'Ann', passphrase: passphrases.Ann }))).toMatchObject({ code: 'conflict' });
    expect(await refusal(ann('operators.turnOff', { passphrase: forAll, own: passphrases.Ann }))).toMatchObject({ code: 'conflict' });

    laboratory = await laboratory.reopen();
    const { ask } = newPlace();
    expect(await refusal(ask('subjects.list', {}))).toMatchObject({ code: 'locked' });
    expect(await refusal(ask('protection.unlock', { passphrase: passphrases.Ann }))).toMatchObject({ code: 'wrong-passphrase' });
    await ask('protection.unlock', { passphrase: forAll });
    expect(await ask('subjects.list', {})).toMatchObject({ total: 0 });
    // And on again.
    await ask('operators.add', { name: 'Ann', role: 'administrator', passphrase: passphrases.Ann, own: forAll });
    expect(await ask('session.state', {})).toMatchObject({ operator: { name: 'Ann' } });
  });
});

describe('the lock-out', () => {
  it('comes after five wrong passphrases, grows, and survives a restart; an administrator lifts it', async () => {
    const { id } = await add('Otto', 'operator');
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ask } = newPlace();
    const guess = (name: string) => refusal(ask('session.signIn', { name, passphrase: 'not the passphrase' }));
    const known = [await guess('Otto'), await guess('Otto'), await guess('Otto'), await guess('Otto'), await guess('Otto'), await guess('Otto')];
    expect(known.map(({ code }) => code)).toEqual(['wrong-passphrase', 'wrong-passphrase', 'wrong-passphrase', 'wrong-passphrase', 'locked-out', 'locked-out']);
    expect(known[5]!.message).toMatch(/^5 wrong passphrases in a row: this name is locked out for 60 s, until \d\d:\d\d:\d\d\. An administrator can lift it/);
    const unknown = [];
    for (let guesses = 0; guesses < 6; guesses++) unknown.push(await guess('Nobody'));
    expect(unknown).toEqual(known);
    expect((await ann('operators.list', {}))[1]).toMatchObject({ name: 'Otto', lockedOutUntil: Date.now() + 60_000 });
    vi.setSystemTime(Date.now() + 61_000);
    expect(await guess('Otto')).toMatchObject({ code: 'locked-out', message: expect.stringMatching(/^6 wrong .* for 2 min/) });

    laboratory = await laboratory.reopen();
    const again = newPlace();
    expect(await refusal(again.ask('session.signIn', { name: 'Otto', passphrase: passphrases.Otto }))).toMatchObject({ code: 'locked-out' });
    ann = await signedIn('Ann');
    expect(await ann('operators.lift', { operatorId: id })).toMatchObject({ lockedOutUntil: null });
    expect(await again.ask('session.signIn', { name: 'Otto', passphrase: passphrases.Otto })).toMatchObject({ operator: { role: 'operator' } });
  });
});

describe('the audit', () => {
  it('says who acted, who failed, and what became of operators', async () => {
    const { id } = await add('Otto', 'operator');
    const otto = await signedIn('Otto');
    await ann('policy.set', { minimumQuality: 10 });
    await otto('session.signOut', {});
    await ann('session.signOut', {});
    const { ask } = newPlace();
    await refusal(ask('session.signIn', { name: 'Otto', passphrase: 'not the passphrase' }));
    await refusal(ask('session.signIn', { name: 'passphrase typed here', passphrase: 'x' }));
    await ann('session.signIn', { name: 'Ann', passphrase: passphrases.Ann });
    await ann('operators.setRole', { operatorId: id, role: 'administrator' });
    await ann('operators.remove', { operatorId: id });
    expect((await said(ann)).reverse()).toEqual([
      'operator.add Ann Ann', 'operator.add Ann Otto', 'sign-in Otto', 'settings Ann', 'sign-out Otto', 'sign-out Ann', 'lock Ann', 'sign-in Ann',
      'sign-in.failed - Otto', 'sign-in.failed -', 'operator.role Ann Otto', 'operator.remove Ann Otto',
    ]);
    expect(await ann('audit.verify', {})).toMatchObject({ isWhole: true });
  });
});
