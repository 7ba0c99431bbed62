import type { ProtocolReport, ProtocolSource } from './requests/protocols.ts';
import type { ColumnStudies, NormalizedFigures, Studied } from './requests/score-files.ts';

// What a run of a protocol cannot show is said where it would stand, in the window and in its report, in the same words.

const before = 'This run was made before that was looked at. Run the protocol again.';

type Kind = ProtocolSource['kind'];

/** Why a run without a development split has neither thresholds nor calibrations. */
export function developmentAbsence({ kind }: ProtocolSource): string {
  const isOwn = kind === 'pairs' || kind === 'gallery' || kind === 'sets';
  const where = isOwn ? 'Give rows of its file the split dev' : 'This protocol has none of its own: write its comparisons as your own pairs, some with the split dev';
  return `Thresholds and calibrations are chosen on a development split, of people who are not judged. ${where}, and another split to those that are to be judged.`;
}

const searches: Record<Kind, string | null> = {
  gallery: null, pairs: null, ridgebase: null,
  'all-pairs': 'every pair stands once, so no image is searched for among everybody',
  sets: 'every pair of sets stands once, so none is searched for among everybody',
  lfw: 'its pairs are drawn, so no image is compared with everybody',
  fvc: 'only first impressions are compared between fingers, so no impression is searched for among all',
};

/** What decides whether the comparisons of a protocol are searches. */
export interface ComparedKind {
  readonly kind: Kind;
  /** Of RidgeBase. */
  readonly task?: 1 | 2 | 3 | undefined;
  readonly sensors?: 'CL2CL' | 'C2CL' | undefined;
}

/** Why the comparisons of a protocol are no searches, known beforehand; null where they may be. */
export function searchesAbsence({ kind, task, sensors = 'CL2CL' }: ComparedKind): string | null {
  const among = kind === 'ridgebase' && task !== 3 && sensors === 'CL2CL' ? searches['all-pairs'] : searches[kind];
  return among === null ? null : `No identification: ${among}. Gallery and probes (a CSV of path, subject, role) searches for every probe in the whole gallery.`;
}

export function normalizationOf({ figures, cohort }: Pick<ProtocolReport, 'figures' | 'cohort'>): Studied<NormalizedFigures> {
  if (figures.studies.normalization !== undefined) return figures.studies.normalization;
  return cohort !== undefined && 'refusal' in cohort ? cohort : { refusal: before };
}

/** "a cohort of 20 people of the development split" */
export function cohortWords({ cohort }: Pick<ProtocolReport, 'cohort'>, size: number): string {
  const folder = cohort === undefined || 'refusal' in cohort ? undefined : cohort.folder;
  const from = folder === undefined ? '' : folder === null ? ' of the development split' : ` in ${folder}`;
  return `a cohort of ${size.toLocaleString('en-GB')}${from === '' ? '' : ' people'}${from}`;
}

/** What columns of metadata say, or why groups and qualities cannot be looked at. */
export interface ColumnWords {
  readonly studies: ColumnStudies | null;
  readonly slices: string | null;
  readonly discards: string | null;
}

const howToTell = 'Run it with a CSV of path and such columns as metadata.';

export function columnsOf({ columns, manifest }: Pick<ProtocolReport, 'columns' | 'manifest'>): ColumnWords {
  if (columns === undefined) return { studies: null, slices: before, discards: before };
  if ('refusal' in columns) return { studies: null, slices: columns.refusal, discards: columns.refusal };
  return {
    studies: columns,
    slices: columns.columns.length > 0 ? null : `Nothing is known of these images by which they could be told apart, such as light, session or age class. ${howToTell}`,
    discards: columns.numeric.length > 0 ? null : `No quality is known of these images: the pipeline of ${manifest.model.name} judged none, and no column holds numbers. ${howToTell}`,
  };
}
