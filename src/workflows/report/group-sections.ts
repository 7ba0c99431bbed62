import type { DiscardReport, SliceRate, SliceReport, ZooReport } from '../../contract/requests/explore.ts';
import { counted } from '../counted.ts';
import { figureWord } from './report-files.ts';
import type { ReportSection } from './report-document.ts';
import type { Writer } from './report-words.ts';
import { asRate, inPercent, percentWords, thresholdWords } from './report-words.ts';

interface Groups {
  readonly zoo: ZooReport | null;
  readonly slices: readonly SliceReport[];
  readonly discards: readonly DiscardReport[];
  /** Where their threshold comes from, if that is not said elsewhere. */
  readonly origin?: string;
}

/** People and groups: who is hard to recognise, which groups differ at one threshold for all, and what foretells the errors. */
export function groupSections({ zoo, slices, discards, origin }: Groups, charts: readonly string[]): ReportSection[] {
  return [
    ...(zoo === null ? [] : [people(zoo, charts.filter((file) => file === 'zoo.svg'))]), ...slices.map((slice) => groups(slice, origin)),
    ...discards.map((discard) => quality(discard, { origin, charts: charts.filter((file) => file === figureWord(discard.column)) })),
  ];
}

function quality({ column, threshold, comparisons, unknown, area }: DiscardReport, { origin, charts }: { origin: string | undefined; charts: readonly string[] }): ReportSection {
  return {
    title: `Error versus discard by ${column}`,
    lines: [`${comparisons.toLocaleString('en-GB')} mated comparisons at the threshold ${thresholdWords(threshold)}${origin === undefined ? '' : ` (${origin})`}, each as good as the worse of its samples; those with the lowest ${column} are set aside first.${unknown > 0 ? ` ${unknown} comparisons with a sample of unknown ${column} are in no step.` : ''}`],
    tables: [{ head: [`Mean FNMR up to ${Math.round(100 * area.largest)} % set aside`, 'FNMR'], rows: [[column, percentWords(area.value, comparisons)], ['an ideal quality', percentWords(area.ideal, comparisons)], ['one that knows nothing', percentWords(area.level, comparisons)]] }],
    charts,
  };
}

function people({ subjects, corners, unplaced, failures }: ZooReport, charts: readonly string[]): ReportSection {
  return {
    title: 'People', lines: [`The biometric menagerie of ${subjects.length} subjects${unplaced.length > 0 ? ` (${unplaced.length} have a single sample and no place)` : ''}.${failures > 0 ? ` ${counted(failures, 'comparison')} with a failure to acquire ${failures === 1 ? 'is' : 'are'} in no mean.` : ''}`],
    tables: [{ head: ['Corner', 'Subjects', 'Chance of as many'], rows: corners.map(({ animal, count, chance }) => [animal, String(count), chance.toPrecision(2)]) }],
    charts,
  };
}

function groups({ column, threshold, groups: named, fnmr, fmr, unknown }: SliceReport, origin: string | undefined): ReportSection {
  const told = ({ rate, reason }: SliceRate, write: Writer): string => (rate === null ? `withheld: ${reason ?? ''}` : write(rate));
  return {
    title: `Groups by ${column}`,
    lines: [`At one threshold for everybody, ${thresholdWords(threshold)}${origin === undefined ? '' : ` (${origin})`}. Groups with few comparisons or subjects show no rate.${unknown > 0 ? ` ${unknown} samples have no value.` : ''}`],
    tables: [{ head: [column, 'Subjects', 'FNMR', 'FMR within'], rows: named.map(({ name, subjects }, at) => [name, String(subjects), told(fnmr[at]!, inPercent(fnmr[at]!.comparisons)), told(fmr[at]![at]!, asRate)]) }],
  };
}
