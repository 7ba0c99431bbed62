import type { ComparedFigure, ComparisonReport, SystemDifference } from '../../../contract/requests/comparisons.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import { intervalWords, percentWords, scoreWords } from '../../words/numbers.ts';

const NO_BREAK = '\u00a0';
type Unit = ComparedFigure['unit'];
type Difference = NonNullable<SystemDifference['differences'][number]>;

/** A figure: "6.8 %" or "3.04"; shares with as many digits as the trials support. */
export function valueWords({ value }: Pick<Estimate, 'value'>, unit: Unit, trials: number): string {
  return unit === 'rate' ? percentWords(value, trials) : scoreWords(value, 3);
}

export function valueInterval(estimate: Estimate, unit: Unit, trials: number): string | null {
  if (unit === 'rate') return intervalWords(estimate, trials);
  return estimate.low === null || estimate.high === null ? null : `${scoreWords(estimate.low, 3)} to ${scoreWords(estimate.high, 3)}`;
}

/** A difference with its sign: "+2.1 points", "−0.041". */
export function differenceWords(value: number, unit: Unit): string {
  const text = unit === 'rate' ? `${scoreWords(100 * value, 1)}${NO_BREAK}points` : scoreWords(value, 3);
  return value > 0 ? `+${text}` : text;
}

/** "95 %: −13.9 to −1.2 points". */
export function differenceInterval({ low, high }: Pick<Difference, 'low' | 'high'>, unit: Unit): string {
  const plain = (value: number): string => differenceWords(value, unit).replace(`${NO_BREAK}points`, '');
  return `${plain(low)} to ${differenceWords(high, unit)}`;
}

export const verdictWords: Record<Difference['verdict'], string> = { better: 'better', worse: 'worse', undecided: 'cannot tell' };

/** One sentence for each later system: where it beats the first, where it is beaten, and where the data cannot tell. */
export function comparisonSentences({ figures, systems, differences }: ComparisonReport): string[] {
  return differences.map(({ system, minus, refusal, differences: rows }) => {
    const [one, other] = [systems[system]!.name, systems[minus]!.name];
    if (refusal !== null) return `${one} against ${other}: no verdict. ${refusal}`;
    const labels = (verdict: Difference['verdict']): string => listed(figures.filter((_, row) => rows[row]?.verdict === verdict).map(({ label }) => label));
    const parts = [
      labels('better') && `better in ${labels('better')}`,
      labels('worse') && `worse in ${labels('worse')}`,
      labels('undecided') && `in ${labels('undecided')} the data cannot tell`,
    ].filter(Boolean);
    return `${one} against ${other}: ${parts.length === 0 ? 'no figure that both have' : parts.join('; ')}.`;
  });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The table as text for a spreadsheet. */
export function comparisonCsv({ figures, systems, differences }: ComparisonReport): string {
  const quoted = (cell: string | number | null): string => (cell === null ? '' : typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`);
  const rows = systems.flatMap(({ name, detail, values }, place) => figures.map(({ label }, row) => {
    const difference = differences.find(({ system }) => system === place)?.differences[row] ?? null;
    const value = values[row] ?? null;
    return [name, detail, label, value?.value ?? null, value?.low ?? null, value?.high ?? null, difference?.value ?? null, difference?.low ?? null, difference?.high ?? null, difference?.verdict ?? null];
  }));
  const header = ['system', 'on', 'figure', 'value', 'low_95', 'high_95', 'minus_first', 'difference_low_95', 'difference_high_95', 'verdict'];
  return [header.join(','), ...rows.map((row) => row.map(quoted).join(','))].map((line) => `${line}\r\n`).join('');
}
