import { describe, expect, it } from 'vitest';
import type { ReportDocument } from './report-document.ts';
import { pdfOf } from './write-pdf.ts';
import { htmlOf, markdownOf } from './write-report.ts';

const charts = { 'roc.svg': '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420" viewBox="0 0 640 420"><path d="M0 0L640 420" stroke="#123456"/></svg>\n' };
const document: ReportDocument = {
  title: 'Faces <script> | ORL', subtitle: 'Organised after a standard.',
  sections: [
    { title: 'Verification', lines: ['In brackets: <b>intervals</b>.'], tables: [{ head: ['Figure', 'Value'], rows: [['EER', '4 % | 5 %'], ['Łukasz Čapek', 'Ω']] }], charts: ['roc.svg'] },
    { title: 'Limits', lines: [`hash ${'0123456789abcdef'.repeat(4)}.`] },
  ],
};

describe('a report', () => {
  it('is one HTML file with its figures in it, where nothing that it names is run', () => {
    const html = htmlOf(document, charts);
    expect(html).toContain('<h1>Faces &lt;script&gt; | ORL</h1>');
    expect(html).toContain('<path d="M0 0L640 420"');
    expect(html).not.toMatch(/<script|<b>|src=|<\?xml/);
    expect(html).toMatch(/1\. Verification[^]*2\. Limits/);
  });

  it('is Markdown whose tables hold, with its figures beside it', () => {
    expect(markdownOf(document)).toContain('| EER | 4 % \\| 5 % |');
    expect(markdownOf(document)).toContain('![roc.svg](roc.svg)');
  });

  it('is a PDF whose figures are drawn as vectors', async () => {
    const pdf = await pdfOf(document, charts);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).not.toMatch(/\/Subtype ?\/Image/);
    expect(text).toMatch(/\/Type ?\/Page\b/);
    const without = await pdfOf({ ...document, sections: document.sections.map((section) => ({ ...section, charts: [] })) }, {});
    expect(pdf.length).toBeGreaterThan(without.length);
  });
});
