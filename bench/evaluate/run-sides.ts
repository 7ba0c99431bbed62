import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { SCIKIT_LEARN } from '../shared/requirements.ts';
import { pythonWith } from '../shared/venv.ts';
import type { Outcome } from './outcome.ts';

export interface Case {
  readonly name: 'scores' | 'pairs';
  readonly title: string;
  readonly folder: string;
  /** Replicates of the bootstrap, or columns of a template. */
  readonly parameter: number;
  /** How far the figures of both sides may lie apart: float64 in `scores`, float32 products summed in another order in `pairs`. */
  readonly tolerance: number;
}

export interface Result {
  readonly title: string;
  readonly ours: Outcome;
  readonly theirs: Outcome;
  /** Their seconds over ours. */
  readonly ratio: number;
  readonly disagreement: number;
}

/** One side after the other, each in a process of its own. @throws Error when their figures differ. */
export function runSides({ name, title, folder, parameter, tolerance }: Case): Result {
  const words = [name, folder, `${parameter}`];
  const ours = run(process.execPath, [join(import.meta.dirname, 'ours.ts'), ...words]);
  const theirs = run(pythonWith([SCIKIT_LEARN]), [join(import.meta.dirname, 'peer.py'), ...words]);
  const disagreement = disagreementOf(ours.figures, theirs.figures);
  if (!(disagreement < tolerance)) throw new Error(`${title}: the figures of both sides differ by ${disagreement}.\n${JSON.stringify([ours.figures, theirs.figures])}`);
  return { title, ours, theirs, ratio: total(theirs) / total(ours), disagreement };
}

export const total = ({ seconds }: Outcome): number => Object.values(seconds).reduce((sum, step) => sum + step, 0);

function run(command: string, words: readonly string[]): Outcome {
  const environment = { ...process.env, OMP_NUM_THREADS: `${availableParallelism()}` };
  const { status, stdout, error } = spawnSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: environment });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}.`);
  return JSON.parse(stdout) as Outcome;
}

/** Of all figures but the limits of intervals, whose resamples are drawn by each side for itself. */
function disagreementOf(ours: Outcome['figures'], theirs: Outcome['figures']): number {
  const names = Object.keys(ours).filter((name) => !/Low$|High$/.test(name));
  return Math.max(...names.map((name) => Math.abs(ours[name]! - theirs[name]!)));
}
