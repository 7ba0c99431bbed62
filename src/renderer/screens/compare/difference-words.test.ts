import { expect, it } from 'vitest';
import type { ComparisonReport } from '../../../contract/requests/comparisons.ts';
import { comparisonCsv, comparisonSentences, differenceInterval, differenceWords } from './difference-words.ts';

const system = (name: string, eer: number) => ({
  reference: { kind: 'scores' as const, id: name }, name, detail: 'a file', mated: 450, nonMated: 4500, eer: null, createdAt: 0, curve: [], histogram: null,
  values: [{ value: eer, low: eer - 0.01, high: eer + 0.01 }, { value: 0.9, low: null, high: null }],
});
const report: ComparisonReport = {
  figures: [{ key: 'eer', label: 'EER', unit: 'rate', better: 'lower' }, { key: 'auc', label: 'AUC', unit: 'number', better: 'higher' }],
  systems: [system('A', 0.05), system('B', 0.12), system('C', 0.06)],
  differences: [
    { system: 1, minus: 0, refusal: null, differences: [{ value: 0.07, low: 0.02, high: 0.12, verdict: 'worse' }, { value: 0.001, low: -0.01, high: 0.01, verdict: 'undecided' }] },
    { system: 2, minus: 0, refusal: 'C and A did not compare the same.', differences: [null, null] },
  ],
  replicates: 1000, confidence: 0.95,
};

it('says in words who is worse, where the data cannot tell, and why there is no verdict', () => {
  expect(comparisonSentences(report)).toEqual([
    'B against A: worse in EER; in AUC the data cannot tell.',
    'C against A: no verdict. C and A did not compare the same.',
  ]);
});

it('writes differences of rates in points, with their sign', () => {
  expect(differenceWords(0.0214, 'rate')).toBe('+2.1\u00a0points');
  expect(differenceWords(-0.041, 'number')).toBe('−0.041');
  expect(differenceInterval({ low: -0.139, high: -0.012 }, 'rate')).toBe('−13.9 to −1.2\u00a0points');
});

it('leaves a table for a spreadsheet, blanks where nothing is known', () => {
  expect(comparisonCsv(report).split('\r\n').slice(2, 4)).toEqual(['"A","a file","AUC",0.9,,,,,,', '"B","a file","EER",0.12,0.11,0.13,0.07,0.02,0.12,"worse"']);
});
