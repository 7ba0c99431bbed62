import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchSetup } from './scratch-setup.ts';
import { downloadWheel, flawOf, pipReason, wheelFolder } from './wheel-download.mjs';

const content = 'the whole wheel';
const pin = {
  project: 'tensorflow-cpu', version: '2.21.0', platforms: ['manylinux_2_27_x86_64'],
  bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'),
};

/** A python whose pip delivers, call by call, what it is told to; null: it fails without a byte. */
function fakePython(deliveries: (string | null)[]) {
  const { setup, said } = scratchSetup(process.env);
  const python = join(setup.root, 'python3');
  const calls = join(setup.root, 'calls');
  writeFileSync(calls, '');
  writeFileSync(python, `#!${process.execPath}
    const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
    const delivery = ${JSON.stringify(deliveries)}[readFileSync(${JSON.stringify(calls)}, 'utf8').length];
    appendFileSync(${JSON.stringify(calls)}, 'x');
    const folder = process.argv[process.argv.indexOf('--dest') + 1];
    if (delivery === null) { console.error('ERROR: No matching distribution found'); process.exit(1); }
    writeFileSync(folder + '/a.whl', delivery);
  `);
  chmodSync(python, 0o755);
  const job = { python, pin, task: setup.reporter.begin('TensorFlow') };
  return { setup, said, download: () => downloadWheel(setup, job), callCount: () => readFileSync(calls, 'utf8').length };
}

test('a download that comes in part is detected, said and repeated', async () => {
  const { said, download, callCount } = fakePython([content.slice(0, 4), content]);
  const result = await download();
  expect('wheel' in result && readFileSync(result.wheel, 'utf8')).toBe(content);
  expect(callCount()).toBe(2);
  expect(said.join('')).toMatch(/incomplete.*trying again \(2 of 3\)/);
});

test('a wheel with the wrong hash is refused, three times, and not kept', async () => {
  const wrong = 'THE WHOLE WHEEL';
  const { setup, download, callCount } = fakePython([wrong, wrong, wrong, content]);
  expect(await download()).toMatchObject({ reason: expect.stringContaining('wrong hash'), offline: false });
  expect(callCount()).toBe(3);
  expect(existsSync(wheelFolder(setup)) ? readdirSync(wheelFolder(setup)) : []).toEqual([]);
  expect(readdirSync(join(setup.cache, 'staging'))).toEqual([]);
});

test('where not a byte comes, it is not asked again', async () => {
  const { download, callCount } = fakePython([null, content]);
  expect(await download()).toMatchObject({ reason: expect.stringContaining('No matching distribution'), offline: true });
  expect(callCount()).toBe(1);
});

test('a wheel that an earlier set-up had got is used, unless it is damaged', async () => {
  const { download, callCount } = fakePython([content, content]);
  const first = await download();
  if (!('wheel' in first)) expect.unreachable(first.reason);
  await download();
  expect(callCount()).toBe(1);
  writeFileSync(first.wheel, 'the whole whee1');
  await download();
  expect(callCount()).toBe(2);
  expect(await flawOf(first.wheel, pin)).toBeNull();
});

test("pip's reason is told without the addresses in it", () => {
  expect(pipReason('WARNING: Retrying after NewConnectionError\nERROR: No matching')).toMatch('does not answer');
  expect(pipReason('ERROR: 404 for https://index.example/simple/x/')).toBe('ERROR: 404 for (address)');
  expect(pipReason('/usr/bin/python3: No module named pip')).toMatch('No module named pip');
});
