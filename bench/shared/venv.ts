import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../.cache/bench-venv');

export interface VenvNeeds {
  /** What Python imports. */
  module: string;
  /** What pip installs, with its version. */
  requirement: string;
}

/** The Python of the benchmarks' own virtual environment, made and filled when it is not there; pip's progress goes to stderr. */
export function pythonWith(needs: readonly VenvNeeds[]): string {
  const python = join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const works = (code: string): boolean => spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;
  if (!works('import pip')) run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', FOLDER]);
  const missing = needs.filter(({ module }) => !works(`import ${module}`));
  if (missing.length > 0) run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', ...missing.map(({ requirement }) => requirement)]);
  return python;
}

function run(command: string, args: readonly string[]): void {
  console.error(`bench: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', process.stderr, process.stderr] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}.`);
}
