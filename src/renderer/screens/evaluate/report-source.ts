/** What a report is about: an evaluation of a dataset's part, or a run of a protocol. */
export interface ReportSource { readonly kind: 'evaluation' | 'protocol'; readonly id: string }
