import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCurvesCsv, scoreCountsCsv } from '../../charts/figure-csv.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import { chartFiles } from '../evaluation-charts.ts';
import { protocolDocument } from '../report/protocol-sections.ts';
import { writeReportFiles } from '../report/report-files.ts';

/** Writes everything but the scores into the report's folder; the report then names its files. */
export async function writeProtocolReport(found: Omit<ProtocolReport, 'files'>): Promise<ProtocolReport> {
  const { folder, manifest, figures } = found;
  const { charts, tables } = chartsOf(found);
  const others = { 'manifest.json': `${JSON.stringify({ ...manifest, figures }, null, 2)}\n`, ...tables };
  const written = await writeReportFiles(folder, protocolDocument(found, Object.keys(charts)), { charts, others });
  const report: ProtocolReport = { ...found, files: ['scores.csv', 'report.json', ...written] };
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** Charts and the points behind them, by file; none where the scores are of one kind. */
function chartsOf({ drawing, manifest, figures }: Omit<ProtocolReport, 'files'>): { charts: Record<string, string>; tables: Record<string, string> } {
  if (drawing === null) return { charts: {}, tables: {} };
  const curves = { curves: [{ name: manifest.model.name, points: drawing.curve }], mated: figures.matedCount, nonMated: figures.nonMatedCount };
  return { charts: chartFiles(curves, drawing.histogram), tables: { 'roc.csv': errorCurvesCsv(curves), 'histogram.csv': scoreCountsCsv(drawing.histogram) } };
}
