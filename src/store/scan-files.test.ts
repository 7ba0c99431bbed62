import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { scanFiles } from './scan-files.ts';
import { randomBytes } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

/** Whoever is root may read everything, so the system's refusal is played. */
vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const refusing = <Deed extends (...given: never[]) => unknown>(deed: Deed): Deed => ((...given: Parameters<Deed>) => {
    if (String(given[0]).endsWith('closed')) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    return deed(...given);
  }) as Deed;
  return { ...real, readdir: refusing(real.readdir), stat: refusing(real.stat) };
});

/** What is read at once. */
const chunk = 4 * 1024 * 1024;

it('finds what lies across two pieces of reading, at the beginning and at the end of a file, and nothing where there is nothing', async () => {
  using folder = temporaryHome();
  const piece = Buffer.from(randomBytes(1, 32));
  const noise = Buffer.alloc(chunk, 'lorem ipsum ');
  const put = (file: string, at: number, word: Buffer): void => {
    const content = Buffer.concat([noise, noise]);
    word.copy(content, at);
    writeFileSync(join(folder.path, file), content);
  };
  put('across', chunk - 4, Buffer.from(' Ottol '));
  put('piece across', chunk - 20, piece);
  put('last of the first', chunk - 6, Buffer.from(' Ottol '));
  put('goes on in the second', chunk - 6, Buffer.from(' Ottoline '));
  writeFileSync(join(folder.path, 'only'), 'Ottol');
  writeFileSync(join(folder.path, 'empty'), '');
  const found = await scanFiles(folder.path, { pieces: [piece], names: ['Ottol', 'Bartholomew'], reference: 'subject-1', mayHoldReference: () => false });
  expect(new Map(found.map(({ file, holds }) => [file, holds]))).toEqual(new Map([
    ['across', ['name']], ['piece across', ['pieces']], ['last of the first', ['name']], ['goes on in the second', []], ['only', ['name']], ['empty', []],
  ]));
});

it('goes on where the system lets a file or a folder not be read, and names it', async () => {
  using folder = temporaryHome();
  mkdirSync(join(folder.path, 'Ottol closed'));
  for (const file of ['a closed', 'b']) writeFileSync(join(folder.path, file), 'Ottol');
  const found = await scanFiles(folder.path, { pieces: [], names: ['Ottol'], reference: 'subject-1', mayHoldReference: () => false });
  expect(found).toEqual(expect.arrayContaining([{ file: 'Ottol closed/', isRead: false, holds: ['name'] }, { file: 'a closed', isRead: false, holds: [] }, { file: 'b', isRead: true, holds: ['name'] }]));
});
