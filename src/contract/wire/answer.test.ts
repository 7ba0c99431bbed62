import { describe, expect, it } from 'vitest';
import { RequestError } from '../request-error.ts';
import type { Handlers } from '../requests.ts';
import type { Answerer, Fault } from './answer.ts';
import { answer } from './answer.ts';

function deskWith(some: Partial<Handlers>): Answerer & { faults: Fault[] } {
  const faults: Fault[] = [];
  return { handlers: some as Handlers, permit: () => undefined, reportFault: (fault) => faults.push(fault), faults };
}

const nobody = deskWith({});

describe('answer', () => {
  it('gives the handler its input with the defaults filled in, and wraps the value', async () => {
    const seen: unknown[] = [];
    const desk = deskWith({
      'subjects.list': (input) => {
        seen.push(input);
        return { total: 0, subjects: [] };
      },
    });
    expect(await answer(desk, 'subjects.list', { search: 'an' })).toEqual({ ok: true, value: { total: 0, subjects: [] } });
    expect(seen).toEqual([{ search: 'an', offset: 0, limit: 200 }]);
  });

  it('refuses names that are not in the table, those of the prototype among them', async () => {
    for (const name of ['nonsense', 'constructor', 'toString', '__proto__', 'hasOwnProperty', '', null, 7, ['desk.state'], undefined]) {
      const reply = await answer(nobody, name, {});
      expect(reply, String(name)).toMatchObject({ ok: false, code: 'not-found' });
    }
  });

  it('says which field is wrong', async () => {
    const messageFor = async (name: string, input: unknown): Promise<string> => {
      const reply = await answer(nobody, name, input);
      expect(reply).toMatchObject({ ok: false, code: 'invalid-input' });
      return reply.ok ? '' : reply.message;
    };
    expect(await messageFor('datasets.get', { datasetId: '../etc' })).toBe('datasetId is not an identifier.');
    expect(await messageFor('subjects.rename', { subjectId: 'a', name: '  ' })).toBe('name needs at least one character.');
    expect(await messageFor('desk.state', { extra: 1 })).toMatch(/^Unrecognized.*extra/);
    expect(await messageFor('datasets.list', undefined)).toMatch(/expected object/);
    expect(await messageFor('datasets.add', { name: 'a', path: '/a', split: { train: 0.9 } })).toBe(
      'split: The shares of train, validation and test must sum to 1.',
    );
  });

  it('explains a union by the branch that came nearest', async () => {
    const reply = await answer(nobody, 'enrol.images', { subject: { name: '' }, imageIds: ['a'] });
    expect(reply).toMatchObject({ ok: false, message: 'subject.name needs at least one character.' });
  });

  it('asks who may before it looks at the input or answers', async () => {
    const asked: string[] = [];
    const permit = (name: string): void => {
      asked.push(name);
      throw new RequestError('not-allowed', 'This is for administrators.');
    };
    const desk = { ...deskWith({ 'desk.state': () => { throw new Error('answered'); } }), permit };
    expect(await answer(desk, 'desk.state', { wrong: true })).toEqual({ ok: false, code: 'not-allowed', message: 'This is for administrators.' });
    expect(asked).toEqual(['desk.state']);
    expect(desk.faults).toEqual([]);
  });

  it('passes a RequestError on as data', async () => {
    const desk = deskWith({
      'datasets.get': () => {
        throw new RequestError('not-found', 'There is no dataset "faces".');
      },
    });
    expect(await answer(desk, 'datasets.get', { datasetId: 'faces' })).toEqual({
      ok: false,
      code: 'not-found',
      message: 'There is no dataset "faces".',
    });
    expect(desk.faults).toEqual([]);
  });

  it('keeps the words of a bug from the asker and tells them to the log', async () => {
    const bug = new TypeError('cannot read /home/ann/secret');
    const desk = deskWith({ 'desk.state': () => Promise.reject(bug) });
    const reply = await answer(desk, 'desk.state', {});
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(desk.faults).toEqual([{ request: 'desk.state', error: bug }]);
  });
});
