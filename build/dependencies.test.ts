import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const asked = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).sort();
const locked = (JSON.parse(read('package-lock.json')) as { packages: Record<string, { license?: string; resolved?: string }> }).packages;

/** Rows of the tables of docs/dependencies.md whose columns are packages, licence and why. */
function documented(): { name: string; licence: string }[] {
  const [tables = ''] = read('docs/dependencies.md').split('\n## What is known');
  const rows = tables.matchAll(/^\| (?!package \|)([^|]+) \| ([^|]+) \| [^|]+ \|$/gm);
  return [...rows].flatMap(([, names = '', licence = '']) => names.split(', ').map((name) => ({ name, licence })));
}

test('docs/dependencies.md has every package of package.json once, and no other', () => {
  expect(documented().map(({ name }) => name).sort()).toEqual(asked);
});

test('and gives each the licence that the package states', () => {
  const differing = documented().filter(({ name, licence }) => {
    const stated = locked[`node_modules/${name}`]?.license;
    return stated === undefined || !licence.toLowerCase().includes(stated.toLowerCase());
  });
  expect(differing).toEqual([]);
});

test('package-lock.json holds no address: packages come from the registry that is set, wherever it is', () => {
  expect(Object.entries(locked).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
