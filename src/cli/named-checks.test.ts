import type { Command } from 'commander';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CliHost } from './run-cli.ts';
import { createProgram } from './program.ts';

const root = join(import.meta.dirname, '../..');
const nothing = (): Promise<void> => Promise.resolve();
const program = createProgram({ version: '0' } as CliHost, { perform: nothing, runAlone: nothing, serve: nothing });

/** What stands between backticks in a document. */
function quoted(document: string): string[] {
  return [...readFileSync(join(root, document), 'utf8').matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
}

/** What of a command line the program does not know; null where it knows all of it. */
function unknownIn(line: string): string | null {
  let command: Command = program;
  for (const word of line.split(' ').slice(1)) {
    const next = command.commands.find((known) => known.name() === word);
    if (next !== undefined) command = next;
    else if (word.startsWith('--') && command.options.every(({ long }) => long !== word)) return `${line}: ${word}`;
    else if (/^[a-z][a-z-]*$/.test(word) && command.commands.length > 0 && command.registeredArguments.length === 0) return `${line}: ${word}`;
  }
  return null;
}

describe('the checks that SECURITY.md names', () => {
  const spans = quoted('SECURITY.md');

  it('are tests that are there', () => {
    const tests = globSync(['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'], { cwd: root });
    const named = spans.filter((span) => span.startsWith('unit ') && span !== 'unit NAME').flatMap((span) => span.split(' ').slice(1));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !tests.some((test) => test.includes(name)))).toEqual([]);
    const files = spans.filter((span) => /^(docs|e2e|src|build)\/\S+$/.test(span));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('are commands that the program has, with their options', () => {
    const lines = spans.filter((span) => span.startsWith('likeness '));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.map(unknownIn).filter((unknown) => unknown !== null)).toEqual([]);
    expect(unknownIn('likeness subjects erase NAME')).toBe('likeness subjects erase NAME: erase');
    expect(unknownIn('likeness audit verify --deep')).toBe('likeness audit verify --deep: --deep');
  });
});
