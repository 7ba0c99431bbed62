import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashTree, stampHolds, writeStamp } from './fingerprint.mjs';
import { scratchFolder } from './scratch-setup.ts';

test('a fingerprint changes with a content, a new file and a new name, and with nothing else', () => {
  const root = scratchFolder();
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src', 'one.ts'), '1');
  const hashes = [hashTree(root, ['src', 'absent'])];
  expect(hashTree(root, ['src', 'absent'])).toBe(hashes[0]);
  writeFileSync(join(root, 'src', 'one.ts'), '2');
  hashes.push(hashTree(root, ['src', 'absent']));
  writeFileSync(join(root, 'src', 'two.ts'), '');
  hashes.push(hashTree(root, ['src', 'absent']));
  writeFileSync(join(root, 'absent'), '');
  hashes.push(hashTree(root, ['src', 'absent']));
  expect(new Set(hashes).size).toBe(4);
});

test('what does not count leaves the fingerprint alone', () => {
  const root = scratchFolder();
  const hash = () => hashTree(root, ['.'], (name) => !name.endsWith('.test.ts'));
  const before = hash();
  writeFileSync(join(root, 'a.test.ts'), 'x');
  expect(hash()).toBe(before);
});

test('a stamp holds for its own inputs only', () => {
  const stamp = join(scratchFolder(), 'stamp.json');
  expect(stampHolds(stamp, 'a')).toBe(false);
  writeStamp(stamp, 'a');
  expect(stampHolds(stamp, 'a')).toBe(true);
  expect(stampHolds(stamp, 'b')).toBe(false);
});

test('a stamp is not believed when its file was cut short or when it was itself', () => {
  const folder = scratchFolder();
  const stamp = join(folder, 'stamp.json');
  writeFileSync(join(folder, 'library.so'), 'whole library');
  writeStamp(stamp, 'a', ['library.so']);
  expect(stampHolds(stamp, 'a')).toBe(true);
  writeFileSync(join(folder, 'library.so'), 'whole');
  expect(stampHolds(stamp, 'a')).toBe(false);
  writeFileSync(stamp, '{"inputs":"a","si');
  expect(stampHolds(stamp, 'a')).toBe(false);
});
