import type { ProtocolSource } from '../../../contract/requests/protocols.ts';

type Kind = ProtocolSource['kind'];

interface KindWords {
  readonly name: string;
  /** What is compared with what, in one sentence. */
  readonly rule: string;
  /** What its file is; null where it needs none. */
  readonly file: { readonly label: string; readonly description: string; readonly isOptional?: boolean } | null;
}

/** The protocols, as the form offers them. */
export const kindWords: Record<Kind, KindWords> = {
  'all-pairs': { name: 'All pairs of a folder', rule: 'A folder for each person; every image is compared once with every other.', file: null },
  lfw: { name: 'LFW View 2', rule: 'The pairs of pairs.txt in ten folds, each judged at the threshold of the other nine.', file: { label: 'pairs.txt', description: 'as LFW publishes it' } },
  fvc: { name: 'FVC', rule: 'Files <finger>_<impression>: all impressions of a finger are mated, first impressions of all fingers non-mated.', file: null },
  ridgebase: { name: 'RidgeBase', rule: 'Task 1: single fingers. Task 2: four fingers. Task 3: sets of images, named by a JSON. Contactless references and probes, or contact against contactless.', file: { label: 'Sets (JSON)', description: 'gallery and query sets; only task 3 needs it', isOptional: true } },
  pairs: { name: 'My own pairs', rule: 'A CSV of path_a, path_b, mated (or subject_a, subject_b), and split where there are folds.', file: { label: 'Pairs (CSV)', description: 'path_a, path_b, mated' } },
  gallery: { name: 'Gallery and probes', rule: 'Every probe with every reference of the gallery, as bob does it; images of one set make one template.', file: { label: 'Gallery and probes (CSV)', description: 'path, subject, role, and set where images belong together' } },
  sets: { name: 'Template sets', rule: 'Sets of several images, every set with every other.', file: { label: 'Sets (CSV)', description: 'path, subject, set' } },
};

/** "RidgeBase task 1, contactless with contactless". */
export function protocolWords(source: ProtocolSource): string {
  const { name } = kindWords[source.kind];
  if (source.kind !== 'ridgebase') return name;
  return `${name} task ${source.task}, ${source.sensors === 'CL2CL' ? 'contactless with contactless' : 'contact with contactless'}`;
}
