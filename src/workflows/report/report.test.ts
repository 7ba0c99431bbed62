import { describe, expect, it } from 'vitest';
import type { ReportDocument } from './report-document.ts';
import { numberedFigures } from './report-document.ts';
import { pdfOf } from './write-pdf.ts';
import { htmlOf, markdownOf } from './write-report.ts';

const charts = { 'roc.svg': '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420" viewBox="0 0 640 420"><path d="M0 0L640 420" stroke="#123456"/></svg>\n' };
const document: ReportDocument = {
  title: 'Faces <script> | ORL', subtitle: 'Organised after a standard.', captions: { 'roc.svg': 'ROC of <b>all</b> comparisons.' },
  sections: [
    { title: 'Verification', lines: ['In brackets: <b>intervals</b>, 95 % of them.'], tables: [{ head: ['Figure', 'Value'], rows: [['EER', '4 % | 5 %'], ['Łukasz Čapek', 'Ω']] }], charts: ['roc.svg'] },
    { title: 'Limits', lines: [`hash ${'0123456789abcdef'.repeat(4)}.`] },
  ],
};

describe('a report', () => {
  it('is one HTML file with its figures in it, where nothing that it names is run', () => {
    const html = htmlOf(document, charts);
    expect(html).toContain('<h1>Faces &lt;script&gt; | ORL</h1>');
    expect(html).toContain('<path d="M0 0L640 420"');
    expect(html).not.toMatch(/<script|<b>|src=|<\?xml/);
    expect(html, 'a number stays with its unit').toContain('95\u00A0% of them');
    expect(html).toMatch(/1\. Verification[^]*2\. Limits/);
    expect(html).toContain('<figcaption>Figure 1. ROC of &lt;b&gt;all&lt;/b&gt; comparisons.</figcaption>');
  });

  it('is Markdown whose tables hold, with its figures beside it', () => {
    expect(markdownOf(document)).toContain('| EER | 4 % \\| 5 % |');
    expect(markdownOf(document)).toContain('![roc.svg](roc.svg)\n\n*Figure 1. ROC of &lt;b>all&lt;/b> comparisons.*');
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

describe('the figures of a report', () => {
  it('are numbered through all sections', () => {
    const sections = [{ title: 'One', lines: [], charts: ['a.svg', 'b.svg'] }, { title: 'Two', lines: [] }, { title: 'Three', lines: [], charts: ['c.svg'] }];
    const figures = numberedFigures({ title: '', subtitle: '', sections, captions: { 'a.svg': 'First.', 'b.svg': 'Second.', 'c.svg': 'Third.' } });
    expect(figures.map((some) => some.map(({ caption }) => caption))).toEqual([['Figure 1. First.', 'Figure 2. Second.'], [], ['Figure 3. Third.']]);
  });
});
