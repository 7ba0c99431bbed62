import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cmcCsv, errorCurvesCsv, scoreCountsCsv, zooCsv } from '../../charts/figure-csv.ts';
import { matchCurves } from '../../charts/match-curves.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { ScoreStudies } from '../../contract/requests/score-files.ts';
import { chartFiles, cmcFile, discardFiles, zooFile } from '../evaluation-charts.ts';
import { groupTables } from '../report/group-tables.ts';
import { protocolDocument } from '../report/protocol-sections.ts';
import { writeReportFiles } from '../report/report-files.ts';

/** Writes everything but the scores into the report's folder; the report then names its files. */
export async function writeProtocolReport(found: Omit<ProtocolReport, 'files'>): Promise<ProtocolReport> {
  const { folder, manifest, figures } = found;
  const { charts, tables } = chartsOf(found);
  const others = { 'manifest.json': `${JSON.stringify({ ...manifest, figures }, null, 2)}\n`, ...tables };
  const written = await writeReportFiles(folder, protocolDocument(found, Object.keys(charts)), { charts, others });
  const report: ProtocolReport = { ...found, files: [...scoreFilesOf(found), 'report.json', ...written] };
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** What a run leaves beside its report: its scores, and those that it was normalised by. */
export const scoreFilesOf = ({ cohort }: Pick<ProtocolReport, 'cohort'>): string[] => ['scores.csv', ...(cohort === undefined || 'refusal' in cohort ? [] : ['cohort.csv'])];

type Drawn = { charts: Record<string, string>; tables: Record<string, string> };

/** Charts and the points behind them, by file; of scores of one kind only those of the studies. */
function chartsOf({ drawing, manifest, figures, columns }: Omit<ProtocolReport, 'files'>): Drawn {
  const [studies, groups] = [studyCharts(manifest.model.name, figures.studies), columnCharts(columns)];
  const both = { charts: { ...studies.charts, ...groups.charts }, tables: { ...studies.tables, ...groups.tables } };
  if (drawing === null) return both;
  const curves = { curves: [{ name: manifest.model.name, points: drawing.curve }], mated: figures.matedCount, nonMated: figures.nonMatedCount };
  return {
    charts: { ...chartFiles(curves, drawing.histogram), ...both.charts },
    tables: { 'roc.csv': errorCurvesCsv(curves), 'histogram.csv': scoreCountsCsv(drawing.histogram), ...both.tables },
  };
}

function studyCharts(name: string, { identification, zoo }: ScoreStudies): Drawn {
  const curves = identification === undefined || 'refusal' in identification ? null : matchCurves(name, identification);
  const people = zoo === undefined || 'refusal' in zoo ? null : zoo;
  return {
    charts: { ...(curves !== null && { 'cmc.svg': cmcFile(curves) }), ...(people !== null && { 'zoo.svg': zooFile(people) }) },
    tables: { ...(curves !== null && { 'cmc.csv': cmcCsv(curves) }), ...(people !== null && { 'zoo.csv': zooCsv(people) }) },
  };
}

function columnCharts(columns: ProtocolReport['columns']): Drawn {
  if (columns === undefined || 'refusal' in columns) return { charts: {}, tables: {} };
  return { charts: discardFiles(columns.discards), tables: groupTables(columns) };
}
