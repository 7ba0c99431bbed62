import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { electronProgram } from './electron.mjs';
import { readFuses, setFuses, wantedFuses } from './electron-fuses.mjs';
import { scratchFolder } from './scratch-setup.ts';
import { createSetup } from './setup.mjs';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** As much of Electron's program as has to do with fuses. */
function program(...wires: string[]): string {
  const file = join(scratchFolder(), 'electron');
  writeFileSync(file, Buffer.from(['ELF', ...wires.map((wire) => `${sentinel}\u0001${String.fromCharCode(wire.length)}${wire}\u0000code`)].join('rest'), 'latin1'));
  chmodSync(file, 0o755);
  return file;
}

test('Electron is not Node, takes no options or debuggers from outside, and gives file: addresses no rights', () => {
  expect(wantedFuses).toEqual({ runAsNode: 'off', cookieEncryption: 'on', nodeOptions: 'off', nodeCliInspect: 'off', grantFileProtocolExtraPrivileges: 'off' });
});

test('the fuses are set where Electron looks for them, and nothing else is changed', () => {
  const file = program('10110001', '101100011');
  const before = readFileSync(file, 'latin1');
  setFuses(file, wantedFuses);
  const after = readFileSync(file, 'latin1');
  expect(after).toBe(before.replace('10110001', '01000000').replace('101100011', '010000001'));
  expect(statSync(file).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(file, '..'))).toEqual(['electron']);
  expect(readFuses(file)).toMatchObject(wantedFuses);
});

test('a program without them, of another version or with one removed is refused and left as it was', () => {
  const letter = join(scratchFolder(), 'letter');
  writeFileSync(letter, 'dear grandmother');
  expect(() => setFuses(letter, wantedFuses)).toThrow(/no program of Electron/);
  const newer = program('10110001');
  writeFileSync(newer, readFileSync(newer, 'latin1').replace(`${sentinel}\u0001`, `${sentinel}\u0002`), 'latin1');
  expect(() => setFuses(newer, wantedFuses)).toThrow(/version 2/);
  for (const wire of ['r0110001', '1011']) {
    const file = program(wire);
    const before = readFileSync(file);
    expect(() => setFuses(file, wantedFuses)).toThrow(/has no fuse/);
    expect(readFileSync(file)).toEqual(before);
  }
});

const here = electronProgram(createSetup());
const reason = here === null ? 'its program has not been fetched (npm start -- --electron)' : process.platform === 'darwin' ? 'on macOS they are left as Electron signed them' : null;
if (reason !== null) console.log(`The fuses of the real Electron were not read: ${reason}.`);

test.skipIf(reason !== null)('the Electron that Likeness starts here has them set', () => {
  expect(readFuses(here!)).toMatchObject(wantedFuses);
});
