import { describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../contract/requests/comparisons.ts';
import { job, laboratory } from '../test-support/laboratory.ts';

const system = (name: string, value: number): ComparisonReport['systems'][number] => ({
  reference: { kind: 'scores', id: `scores-${name}` }, name, detail: '', mated: 10, nonMated: 90, eer: null, createdAt: 1, curve: [], histogram: null, values: [{ value, low: 0.02, high: 0.2 }, null],
});
const report: ComparisonReport = {
  figures: [{ key: 'eer', label: 'EER', unit: 'rate', better: 'lower' }, { key: 'auc', label: 'AUC', unit: 'number', better: 'higher' }],
  systems: [system('A', 0.1), system('B', 0.04), system('C', 0.3)], replicates: 1000, confidence: 0.95,
  differences: [
    { system: 1, minus: 0, refusal: null, differences: [{ value: -0.06, low: -0.08, high: -0.01, verdict: 'better' }, null] },
    { system: 2, minus: 0, refusal: 'Other people.', differences: [null, null] },
  ],
};

function desk(asked: unknown[]) {
  return laboratory({
    'scores.import': (order) => { asked.push(order); return { scoresId: 'scores-1', jobId: 'job-1' }; },
    'comparisons.start': (order) => { asked.push(order); return { jobId: 'job-2' }; },
    'comparisons.get': () => report,
    'jobs.get': () => job('done'),
  });
}

describe('compare', () => {
  it('imports files, and says which is better, or why that cannot be said', async () => {
    const asked: unknown[] = [];
    const lab = desk(asked);
    expect(await lab.run('compare', 'evaluation-0a', 'mine.csv', 'protocol-0b')).toBe(0);
    expect(asked).toMatchObject([
      { path: '/work/mine.csv', name: 'mine.csv' },
      { systems: [{ kind: 'evaluation', id: 'evaluation-0a' }, { kind: 'scores', id: 'scores-1' }, { kind: 'protocol', id: 'protocol-0b' }] },
    ]);
    expect(lab.stdout()).toMatch(/EER +10\.0 % \(2\.0 to 20\.0 %\) +4\.0 %/);
    expect(lab.stdout()).toMatch(/B minus A:[^]*EER +-6\.0 % \(-8\.0 to -1\.0 %\) +better/);
    expect(lab.stdout()).toMatch(/C minus A: none\. Other people\.[^]*one in twenty intervals leaves 0 out by chance/);
  });

  it('tells files of the same name apart by their folders', async () => {
    const asked: unknown[] = [];
    expect(await desk(asked).run('compare', 'runs/one/scores.csv', 'runs/two/scores.csv', 'other.csv')).toBe(0);
    expect(asked.slice(0, 3)).toMatchObject([{ name: 'one/scores.csv' }, { name: 'two/scores.csv' }, { name: 'other.csv' }]);
  });

  it('asks for two systems before it imports one', async () => {
    const asked: unknown[] = [];
    const lab = desk(asked);
    expect(await lab.run('compare', 'mine.csv')).toBe(2);
    expect(lab.stderr()).toMatch(/name two systems or more/);
    expect(asked).toEqual([]);
  });

  it('knows what it is given', async () => {
    const lab = desk([]);
    expect(await lab.run('compare', 'evaluation-0a', 'nonsense')).toBe(1);
    expect(lab.stderr()).toMatch(/nonsense is neither the id of an evaluation/);
  });
});
