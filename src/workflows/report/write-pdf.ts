import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, Definition, Text } from 'pdfmake';
import type { NumberedFigure, ReportCharts, ReportDocument, ReportSection, ReportTable } from './report-document.ts';
import { numberedFigures } from './report-document.ts';
import { unbroken } from './report-words.ts';

/** Of A4 in points, and what is left between the margins. */
const margin = 56;
const textWidth = 595.28 - 2 * margin;

/** The typeface that comes with pdfmake: Latin, Greek and Cyrillic. */
const roboto = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');
pdfmake.setFonts({ Roboto: { normal: join(roboto, 'Roboto-Regular.ttf'), bold: join(roboto, 'Roboto-Medium.ttf'), italics: join(roboto, 'Roboto-Italic.ttf'), bolditalics: join(roboto, 'Roboto-MediumItalic.ttf') } });
// Only the typeface is ever read, and nothing is fetched.
pdfmake.setLocalAccessPolicy((path) => path.startsWith(roboto));
pdfmake.setUrlAccessPolicy(() => false);

/** The report as a PDF of vector figures. */
export async function pdfOf(document: ReportDocument, charts: ReportCharts): Promise<Uint8Array> {
  const { title, subtitle, sections } = document;
  const figures = numberedFigures(document);
  const definition: Definition = {
    info: { title }, pageSize: 'A4', pageMargins: margin,
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.25, color: '#1c2326' },
    styles: { title: { fontSize: 18, bold: true }, subtitle: { color: '#5d686d', margin: [0, 2, 0, 8] }, heading: { fontSize: 12.5, bold: true, margin: [0, 14, 0, 4] }, head: { bold: true }, caption: { fontSize: 8.5, color: '#5d686d', margin: [0, 4, 0, 10] } },
    footer: (page, pages) => ({ text: `${title}, page ${page} of ${pages}`, alignment: 'right', fontSize: 8, color: '#5d686d', margin: [margin, 20, margin, 0] }),
    content: [{ text: title, style: 'title' }, { text: subtitle, style: 'subtitle' }, ...sections.flatMap((section, at) => [...sectionContent(section, at + 1), ...figures[at]!.map((figure) => figureContent(figure, charts))])],
  };
  return await pdfmake.createPdf(definition).getBuffer();
}

function sectionContent({ title, lines, tables }: ReportSection, number: number): Content[] {
  const heading: Text = { text: `${number}. ${title}`, style: 'heading' };
  const [first, ...others] = lines.map((text): Text => ({ text: breakable(text), margin: [0, 0, 0, 4] }));
  const [table, ...further] = tables ?? [];
  // What would stand alone at the foot of a page goes to the next: a heading, what is said before a short table, and a few sentences.
  const isShort = table === undefined ? lines.length <= shortTable : table.rows.length <= shortTable;
  const together = isShort ? [heading, ...(first === undefined ? [] : [first]), ...others, ...(table === undefined ? [] : [tableContent(table)])] : [heading, ...(first === undefined ? [] : [first])];
  return [
    { stack: together, unbreakable: true },
    ...(isShort ? [] : [...others, ...(table === undefined ? [] : [tableContent(table)])]),
    ...further.map(tableContent),
  ];
}

/** A figure stays with what stands below it. */
const figureContent = ({ file, caption }: NumberedFigure, charts: ReportCharts): Content => ({
  stack: [{ svg: drawable(charts[file]!), width: Math.min(textWidth, 400), margin: [0, 8, 0, 0] }, { text: breakable(caption), style: 'caption' }], unbreakable: true,
});

/** Rows, or sentences, that fit on a page together with what is said before them. */
const shortTable = 12;

/** Words keep their ink: the stroke that is their halo would be painted over them. */
function drawable(svg: string): string {
  return svg.replace(/^<\?xml[^>]*\?>\s*/, '').replace(/<(?:g|text|tspan)\b[^>]*paint-order="stroke"[^>]*>/g, (tag) => tag.replace(/ stroke="[^"]*"/, ' stroke="none"'));
}

function tableContent({ head, rows }: ReportTable): Content {
  return {
    margin: [0, 4, 0, 8],
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => '#c8ced1', paddingLeft: () => 0, paddingRight: () => 10, paddingTop: () => 2, paddingBottom: () => 2 },
    table: { headerRows: 1, keepWithHeaderRows: 2, dontBreakRows: true, widths: head.map((_, column) => (column === 0 ? 'auto' : '*')), body: [head.map((text) => ({ text, style: 'head' })), ...rows.map((cells) => cells.map((text, column) => ({ text: breakable(text), noWrap: column === 0 && text.length < shortName })))] },
  };
}

/** The name of a row up to this length stays on its line. */
const shortName = 26;

/** Hashes and paths have no place to break at: a space of no width gives them some. */
const breakable = (text: string): string => unbroken(text).replace(/[^\s]{40,}/g, (word) => word.match(/.{1,32}/g)!.join('\u200B'));
