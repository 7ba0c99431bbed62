import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { ImportSite } from './read-imports.ts';
import { readImports } from './read-imports.ts';
import type { Row } from './table.ts';
import { roomTable, testPackages } from './table.ts';

/**
 * What one file imports against the table, a sentence each; empty when all is well. `path` is relative to src, with '/'.
 *
 * The rule for tests: a file named *.test.ts(x), or in a folder named test-support, may besides its room's row import
 * vitest, fast-check, linkedom, typescript, node: builtins, any test-support folder, and its row's own test packages.
 */
export function violations(path: string, text: string): string[] {
  const room = roomOf(path);
  const row = roomTable[room];
  if (row === undefined) return [`${path}: "${room}" is not a room; add it to the table with what it may import`];
  return readImports(path, text).flatMap((site) => {
    const reason = objection({ path, room, row, isTest: isTestFile(path) }, site);
    return reason === null ? [] : [`${path}:${String(site.line)}: ${reason}`];
  });
}

interface Importer {
  path: string;
  room: string;
  row: Row;
  isTest: boolean;
}

function objection(importer: Importer, { target, typeOnly }: ImportSite): string | null {
  if (target === null) return 'imports a computed name, which nobody can check';
  if (target.startsWith('.')) return objectToFile(importer, posix.join(posix.dirname(importer.path), target), typeOnly);
  if (target.startsWith('/') || target.includes('://') || target.startsWith('#')) return `imports "${target}", which is neither a package nor a relative path`;
  if (isBuiltin(target)) return importer.row.node || importer.isTest ? null : `${importer.room} may not import Node's "${target}"`;
  return objectToPackage(importer, packageOf(target), typeOnly);
}

function objectToFile(importer: Importer, target: string, typeOnly: boolean): string | null {
  if (target.startsWith('..')) return `imports "${target}", outside src`;
  if (roomOf(target) === importer.room) return null;
  if (isTestSupport(target)) return importer.isTest ? null : `imports "${target}", which is for tests`;
  const within = (rooms: readonly string[]): boolean => rooms.some((room) => target === room || target.startsWith(`${room}/`));
  if (within(importer.row.values)) return null;
  if (within(importer.row.types)) return typeOnly ? null : `${importer.room} may import only types of "${target}" (import type)`;
  return `${importer.room} may not import "${target}"`;
}

function objectToPackage(importer: Importer, name: string, typeOnly: boolean): string | null {
  const allowed = importer.isTest ? [...importer.row.packages, ...importer.row.testPackages, ...testPackages] : importer.row.packages;
  const within = (names: readonly string[]): boolean =>
    names.some((known) => known === name || (known.endsWith('/*') && name.startsWith(known.slice(0, -1))));
  if (within(allowed)) return null;
  if (within(importer.row.typePackages)) return typeOnly ? null : `${importer.room} may import only types of the package "${name}"`;
  return `${importer.room} may not import the package "${name}"`;
}

function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return /^rooms(\.|$)/.test(first) ? 'rooms' : first;
}

function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || isTestSupport(path);
}

function isTestSupport(path: string): boolean {
  return path.split('/').slice(0, -1).includes('test-support');
}

function isBuiltin(target: string): boolean {
  return target.startsWith('node:') || builtinModules.includes(target);
}

/** "@scope/name/deep" is the package "@scope/name". */
function packageOf(target: string): string {
  return target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/');
}
