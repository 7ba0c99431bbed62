import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportHandlers } from './exports.ts';

let home: string;
let folder: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'likeness-exports-'));
  folder = join(home, 'exports', 'report-1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.html'), '<p>read me</p>');
  writeFileSync(join(home, 'secret.txt'), 'keys');
  symlinkSync(join(home, 'secret.txt'), join(folder, 'link.txt'));
});
afterAll(() => rmSync(home, { recursive: true }));

const read = (from: string, file: string) => Promise.resolve(exportHandlers({ home })['exports.read']({ folder: from, file }));

it('hands out a file that an export wrote', async () => {
  const { mimeType, bytes } = await read(folder, 'report.html');
  expect(mimeType).toBe('text/html');
  expect(new TextDecoder().decode(bytes)).toBe('<p>read me</p>');
});

it.each([
  ['a file outside of the exports', () => read(home, 'secret.txt')],
  ['one beside them', () => read(join(folder, '..', '..'), 'secret.txt')],
  ['what a link leads to', () => read(folder, 'link.txt')],
  ['a file that is not there', () => read(folder, 'report.pdf')],
])('refuses %s', async (_, attempt) => {
  await expect(attempt()).rejects.toThrow('is no file among the exports of this data folder');
});
