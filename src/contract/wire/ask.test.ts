import { expect, it } from 'vitest';
import { RequestError } from '../request-error.ts';
import { askOver } from './ask.ts';

it('resolves with the value of a good answer', async () => {
  const asked: unknown[] = [];
  const ask = askOver((name, input) => {
    asked.push([name, input]);
    return Promise.resolve({ ok: true, value: { total: 0, subjects: [] } });
  });
  expect(await ask('subjects.list', { search: 'a' })).toEqual({ total: 0, subjects: [] });
  expect(asked).toEqual([['subjects.list', { search: 'a' }]]);
});

it('rejects with the RequestError of a refusal', async () => {
  const ask = askOver(() => Promise.resolve({ ok: false, code: 'no-model', message: 'Train a model first.' }));
  const failure = await ask('thresholds.get', {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RequestError);
  expect(failure).toMatchObject({ code: 'no-model', message: 'Train a model first.' });
});

it('rejects with what the transport rejects with when the host is away', async () => {
  const ask = askOver(() => Promise.reject(new TypeError('fetch failed')));
  await expect(ask('desk.state', {})).rejects.toThrow('fetch failed');
});
