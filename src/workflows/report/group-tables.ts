import { discardCsv, slicesCsv } from '../../charts/figure-csv.ts';
import type { DiscardReport, SliceReport } from '../../contract/requests/explore.ts';
import { fileWord } from './report-files.ts';

/** The numbers of groups and qualities as CSV, by the name of their file. */
export function groupTables({ slices, discards }: { slices: readonly SliceReport[]; discards: readonly DiscardReport[] }): Record<string, string> {
  return {
    ...Object.fromEntries(slices.map((slice) => [`groups-${fileWord(slice.column)}.csv`, slicesCsv(slice)])),
    ...Object.fromEntries(discards.map((discard) => [`discard-${fileWord(discard.column)}.csv`, discardCsv(discard)])),
  };
}
