import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportCharts, ReportDocument } from './report-document.ts';
import { pdfOf } from './write-pdf.ts';
import { htmlOf, markdownOf } from './write-report.ts';

/** Writes the report in its three forms, its figures and the other files of a folder; returns their names. */
export async function writeReportFiles(folder: string, document: ReportDocument, { charts, others }: { charts: ReportCharts; others: Readonly<Record<string, string>> }): Promise<string[]> {
  const files: Record<string, string | Uint8Array> = {
    'report.html': htmlOf(document, charts), 'report.pdf': await pdfOf(document, charts), 'report.md': markdownOf(document), ...charts, ...others,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return Object.keys(files);
}

/** The file of the figure of errors versus discard by a column. */
export const figureWord = (column: string): string => `discard-${fileWord(column)}.svg`;

/** A column's name as a part of a file's name. */
export const fileWord = (name: string): string => name.replace(/[^\w-]+/g, '-');
