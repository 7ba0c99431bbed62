/** A report before it is written as HTML, PDF or Markdown. */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly ReportSection[];
  readonly captions: ReportCaptions;
}

/** Sentences, then tables, then figures by the name of their file. */
export interface ReportSection {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tables?: readonly ReportTable[];
  readonly charts?: readonly string[];
}

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What stands below each figure, by the name of its file. */
export type ReportCaptions = Readonly<Record<string, string>>;

/** A figure as it is numbered through the whole report. */
export interface NumberedFigure {
  readonly file: string;
  readonly caption: string;
}

/** The figures of each section, numbered in their order. */
export function numberedFigures({ sections, captions }: ReportDocument): NumberedFigure[][] {
  let number = 0;
  return sections.map(({ charts = [] }) => charts.map((file) => ({ file, caption: `Figure ${++number}. ${captions[file]!}` })));
}

/** Vector figures as SVG, by the name of their file. */
export type ReportCharts = Readonly<Record<string, string>>;

/** What every report says of its order; no claim of conformance is made. */
export const organisedAfter = 'Organised after ISO/IEC 19795-1; no conformance is claimed.';
