import type { SliceRate, SliceReport, ZooReport } from '../../contract/requests/explore.ts';
import type { ReportSection } from './report-document.ts';
import { percent, small } from './report-words.ts';

interface Groups {
  readonly zoo: ZooReport | null;
  readonly slices: readonly SliceReport[];
}

/** People and groups: who is hard to recognise, and which groups differ at one threshold for all. */
export function groupSections({ zoo, slices }: Groups, charts: readonly string[]): ReportSection[] {
  return [...(zoo === null ? [] : [people(zoo, charts.filter((file) => file === 'zoo.svg'))]), ...slices.map((slice) => groups(slice))];
}

function people({ subjects, corners, unplaced }: ZooReport, charts: readonly string[]): ReportSection {
  return {
    title: 'People', lines: [`The biometric menagerie of ${subjects.length} subjects${unplaced.length > 0 ? ` (${unplaced.length} have a single sample and no place)` : ''}.`],
    tables: [{ head: ['Corner', 'Subjects', 'Chance of as many'], rows: corners.map(({ animal, count, chance }) => [animal, String(count), chance.toPrecision(2)]) }],
    charts,
  };
}

function groups({ column, threshold, groups: named, fnmr, fmr, unknown }: SliceReport): ReportSection {
  const told = ({ rate, reason }: SliceRate, write: (value: number) => string): string =>
    (rate === null ? `withheld: ${reason ?? ''}` : `${write(rate.value)} (${write(rate.low)} to ${write(rate.high)})`);
  return {
    title: `Groups by ${column}`,
    lines: [`At one threshold for everybody, ${threshold.toPrecision(6)}. Groups with few comparisons or subjects show no rate.${unknown > 0 ? ` ${unknown} samples have no value.` : ''}`],
    tables: [{ head: [column, 'Subjects', 'FNMR', 'FMR within'], rows: named.map(({ name, subjects }, at) => [name, String(subjects), told(fnmr[at]!, percent), told(fmr[at]![at]!, small)]) }],
  };
}
