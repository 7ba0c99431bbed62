/*
 * Our figures against scikit-learn, NumPy and pyeer on the same scores. `npm run bench -- metrics-fixture` makes the file
 * anew in a Python environment of its own; it names the versions.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_COSTS, scoreMetrics } from './score-metrics.ts';

interface PeerCase {
  readonly name: string;
  readonly mated: number[];
  readonly nonMated: number[];
  readonly sklearn: { auc: number; eer: number; dPrime: number | null; fnmrAtFmr: { target: number; achieved: number; fnmr: number }[] };
  readonly pyeer: Record<'fvcEer' | 'zeroFmr' | 'zeroFnmr' | 'fmr100' | 'fmr1000', number | null>; // null: see bench/metrics/fixture.py
}

const file = join(import.meta.dirname, 'test-support/fixtures/peer-metrics.json');
const { cases, versions } = JSON.parse(readFileSync(file, 'utf8')) as { cases: PeerCase[]; versions: Record<string, string> };

function expectNear(actual: unknown, expected: number, name: string): void {
  expect(Math.abs((actual as number) - expected), `${name}: ${String(actual)} and ${expected}`).toBeLessThan(1e-9);
}

describe(`figures of the same scores by scikit-learn ${versions['scikit-learn']} and pyeer ${versions['pyeer']}`, () => {
  it.each(cases)('equal ours to 1e-9: $name', ({ mated, nonMated, sklearn, pyeer }) => {
    const scores = { mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) };
    const ours = scoreMetrics({ scores, attributed: undefined }, { targets: sklearn.fnmrAtFmr.map(({ target }) => target), costs: DEFAULT_COSTS });
    for (const name of ['auc', 'eer'] as const) expectNear(ours[name], sklearn[name], name);
    if (sklearn.dPrime === null) expect(ours.dPrime).toMatchObject({ error: { code: 'no-spread' } });
    else expectNear(ours.dPrime, sklearn.dPrime, "d'");
    sklearn.fnmrAtFmr.forEach(({ target, achieved, fnmr }, at) => {
      const own = (ours.fnmrAtFmr as readonly { achieved: number; fnmr: number }[])[at]!;
      expectNear(own.achieved, achieved, `achieved at ${target}`);
      expectNear(own.fnmr, fnmr, `FNMR at ${target}`);
    });
    for (const name of ['fvcEer', 'zeroFmr', 'zeroFnmr', 'fmr100', 'fmr1000'] as const) {
      if (pyeer[name] !== null) expectNear(ours[name], pyeer[name], name);
    }
  });
});
