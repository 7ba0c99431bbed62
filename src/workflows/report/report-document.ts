/** A report before it is written as HTML, PDF or Markdown. */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly ReportSection[];
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

/** Vector figures as SVG, by the name of their file. */
export type ReportCharts = Readonly<Record<string, string>>;

/** What every report says of its order; no claim of conformance is made. */
export const organisedAfter = 'Organised after ISO/IEC 19795-1; no conformance is claimed.';
