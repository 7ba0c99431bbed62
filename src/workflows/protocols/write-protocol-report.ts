import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCurvesCsv, scoreCountsCsv } from '../../charts/figure-csv.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import { chartFiles } from '../evaluation-charts.ts';
import { reportHtml, reportMarkdown } from './protocol-report.ts';

/** Writes everything but the scores into the report's folder; the report then names its files. */
export async function writeProtocolReport(found: Omit<ProtocolReport, 'files'>): Promise<ProtocolReport> {
  const charts = chartsOf(found);
  const report: ProtocolReport = { ...found, files: ['scores.csv', 'report.json', 'report.md', 'report.html', 'manifest.json', ...Object.keys(charts)] };
  const figures = Object.fromEntries(Object.entries(charts).filter(([file]) => file.endsWith('.svg')));
  const texts = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`, 'report.md': reportMarkdown(report, Object.keys(figures)), 'report.html': reportHtml(report, figures),
    'manifest.json': `${JSON.stringify({ ...report.manifest, figures: report.figures }, null, 2)}\n`, ...charts,
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(report.folder, name), text);
  return report;
}

/** Charts and the points behind them, by file; none where the scores are of one kind. */
function chartsOf({ drawing, manifest, figures }: Omit<ProtocolReport, 'files'>): Record<string, string> {
  if (drawing === null) return {};
  const curves = { curves: [{ name: manifest.model.name, points: drawing.curve }], mated: figures.matedCount, nonMated: figures.nonMatedCount };
  return { ...chartFiles(curves, drawing.histogram), 'roc.csv': errorCurvesCsv(curves), 'histogram.csv': scoreCountsCsv(drawing.histogram) };
}
