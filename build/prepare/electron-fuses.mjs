import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** After this word in Electron's program come a version, a length, and one sign for each fuse (electronjs.org/docs/latest/tutorial/fuses). */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
const VERSION = 1;
const SIGN = /** @type {const} */ ({ on: '1', off: '0' });

/** Their places on the wire, which Electron only ever appends to. */
const PLACES = /** @type {const} */ ({
  runAsNode: 0,
  cookieEncryption: 1,
  nodeOptions: 2,
  nodeCliInspect: 3,
  embeddedAsarIntegrityValidation: 4,
  onlyLoadAppFromAsar: 5,
  loadBrowserProcessSpecificV8Snapshot: 6,
  grantFileProtocolExtraPrivileges: 7,
});
/** @typedef {Partial<Record<keyof typeof PLACES, 'on' | 'off'>>} Fuses */

/**
 * What Likeness needs of Electron, and no more: not Node in Electron's clothes, no options or debuggers from outside, no rights for
 * file: addresses. The two about archives stay as they are: Likeness runs from its checkout, and there is no archive to check.
 * @type {Readonly<Fuses>}
 */
export const wantedFuses = Object.freeze({
  runAsNode: 'off', cookieEncryption: 'on', nodeOptions: 'off', nodeCliInspect: 'off', grantFileProtocolExtraPrivileges: 'off',
});

/**
 * @param {string} program
 * @returns {Fuses} those of the program that are on or off; a fuse that Electron has removed is neither
 */
export function readFuses(program) {
  const content = readFileSync(program);
  const [wire] = wiresIn(content, program);
  /** @type {Fuses} */
  const fuses = {};
  for (const [name, place] of Object.entries(PLACES)) {
    const sign = place < wire.length ? String.fromCharCode(content[wire.start + place] ?? 0) : '';
    if (sign === SIGN.on || sign === SIGN.off) fuses[/** @type {keyof typeof PLACES} */ (name)] = sign === SIGN.on ? 'on' : 'off';
  }
  return fuses;
}

/**
 * Sets fuses in a program, which is whole before and after: a copy is changed and takes its place.
 * @param {string} program
 * @param {Readonly<Fuses>} fuses
 */
export function setFuses(program, fuses) {
  const content = readFileSync(program);
  for (const wire of wiresIn(content, program)) {
    for (const [name, state] of Object.entries(fuses)) {
      const at = wire.start + PLACES[/** @type {keyof typeof PLACES} */ (name)];
      const isThere = at < wire.start + wire.length && ['0', '1'].includes(String.fromCharCode(content[at] ?? 0));
      if (!isThere) throw new Error(`${program} has no fuse ${name}: this Electron is older or newer than Likeness knows.`);
      content.write(SIGN[state], at, 'latin1');
    }
  }
  const changed = `${program}.fuses`;
  try {
    // Copied first, for its permissions.
    copyFileSync(program, changed);
    writeFileSync(changed, content);
    renameSync(changed, program);
  } finally {
    rmSync(changed, { force: true });
  }
}

/**
 * @param {Buffer} content
 * @param {string} program
 * @returns {[Wire, ...Wire[]]} a program for two processors has two
 * @typedef {{ start: number, length: number }} Wire
 */
function wiresIn(content, program) {
  const wires = [];
  for (let at = content.indexOf(SENTINEL); at !== -1; at = content.indexOf(SENTINEL, at + SENTINEL.length)) {
    const [version, length] = [content[at + SENTINEL.length], content[at + SENTINEL.length + 1] ?? 0];
    if (version !== VERSION) throw new Error(`${program} has fuses of version ${version}, and Likeness knows version ${VERSION}.`);
    wires.push({ start: at + SENTINEL.length + 2, length });
  }
  const [first, ...others] = wires;
  if (first === undefined) throw new Error(`${program} has no fuses: it is no program of Electron.`);
  return [first, ...others];
}
