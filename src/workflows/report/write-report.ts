import type { ReportCharts, ReportDocument, ReportTable } from './report-document.ts';
import { numberedFigures } from './report-document.ts';
import { unbroken } from './report-words.ts';

/** The report as Markdown; its figures are the files beside it. */
export function markdownOf(document: ReportDocument): string {
  const { title, subtitle, sections } = document;
  const figures = numberedFigures(document);
  const safe = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const tableOf = ({ head, rows }: ReportTable): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(safe).join(' | ')} |`).join('\n');
  const parts = sections.map(({ title: heading, lines, tables }, at) => [
    `## ${at + 1}. ${safe(heading)}`, ...lines.map(safe), ...(tables ?? []).map(tableOf), ...figures[at]!.flatMap(({ file, caption }) => [`![${file}](${file})`, `*${safe(caption)}*`]),
  ].join('\n\n'));
  return `# ${safe(title)}\n\n${safe(subtitle)}\n\n${parts.join('\n\n')}\n`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2326;background:#fff}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #e4e8ea}table{border-collapse:collapse;margin:1rem 0}
th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #e4e8ea;vertical-align:top}th{font-weight:600}svg{max-width:100%;height:auto;display:block}
figure{margin:1.5rem 0;break-inside:avoid}figcaption{color:#5d686d;font-size:.87rem;margin-top:.4rem}.table{overflow-x:auto}p{overflow-wrap:anywhere}
.note{color:#5d686d}@media print{section{break-inside:avoid}}`;

/** The report as one HTML file that needs nothing beside itself. */
export function htmlOf(document: ReportDocument, charts: ReportCharts): string {
  const { title, subtitle, sections } = document;
  const figures = numberedFigures(document);
  const safe = (text: string): string => unbroken(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const row = (cells: readonly string[], tag: 'th' | 'td'): string => `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
  const tableOf = ({ head, rows }: ReportTable): string => `<div class="table"><table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>`;
  const parts = sections.map(({ title: heading, lines, tables }, at) => [
    `<section><h2>${at + 1}. ${safe(heading)}</h2>`, ...lines.map((line) => `<p>${safe(line)}</p>`), ...(tables ?? []).map(tableOf),
    ...figures[at]!.map(({ file, caption }) => `<figure>${charts[file]!.replace(/^<\?xml[^>]*\?>\s*/, '')}<figcaption>${safe(caption)}</figcaption></figure>`), '</section>',
  ].join('\n'));
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><style>${style}</style></head>
<body><h1>${safe(title)}</h1><p class="note">${safe(subtitle)}</p>\n${parts.join('\n')}\n</body></html>\n`;
}
