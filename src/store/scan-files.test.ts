import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scanFiles } from './scan-files.ts';
import { randomBytes } from './test-support/sample-rows.ts';
import { temporaryHome } from './test-support/temporary-home.ts';

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
