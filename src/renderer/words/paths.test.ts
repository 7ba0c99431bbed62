import { expect, it } from 'vitest';
import { folderOf, inFolder } from './paths.ts';

it.each([['/home/ann/lab.backup', '/home/ann'], ['C:\\Backups\\lab.backup', 'C:\\Backups'], ['lab.backup', ''], ['', '']])('of %j the folder is %j', (path, folder) => {
  expect(folderOf(path)).toBe(folder);
});

it.each([['/home/ann', '/home/ann/x'], ['/home/ann/', '/home/ann/x'], ['C:\\Backups', 'C:\\Backups\\x'], ['/', '/x']])('in %j a file is %j', (folder, file) => {
  expect(inFolder(folder, 'x')).toBe(file);
});
