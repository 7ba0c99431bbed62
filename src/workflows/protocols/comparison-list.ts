import { createHash } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';

/** Words about an image or a comparison, by the name of their column. */
export type Metadata = Readonly<Record<string, string>>;

/** One comparison of a protocol. Samples are paths below the protocol's folder of images, or names of its sets. */
export interface ProtocolPair {
  readonly sampleA: string;
  readonly sampleB: string;
  /** Whose images they are. Two fingers of a person are two identities, but one subject: intervals resample people. */
  readonly subjectA: string;
  readonly subjectB: string;
  readonly isMated: boolean;
  /** Fold or part of the data; empty where the protocol has none. */
  readonly split: string;
  /** Said of the comparison; what is said of its two sides ends in _a and _b. The same columns in all comparisons. */
  readonly metadata?: Metadata;
}

/** An image of a set. Only images of the same part of both sides are compared, such as the same finger of two hands. */
export interface SetMember {
  readonly path: string;
  readonly part: string;
}

export interface Prescription {
  /** In their order, anew each time: a protocol can have millions. */
  readonly pairs: () => Iterable<ProtocolPair>;
  /** Samples that are several images, by name. */
  readonly sets: ReadonlyMap<string, readonly SetMember[]>;
  /** Said of images, by path: columns of the protocol's file, or parts of the file's name. */
  readonly metadata?: ReadonlyMap<string, Metadata>;
}

/** An image or a set that is compared; `split` is that of its first comparison. */
export interface ListedSide {
  readonly name: string;
  readonly subject: string;
  readonly split: string;
}

/** A protocol, frozen: what is compared with what, in which order. */
export interface ComparisonList extends Prescription {
  readonly count: number;
  /** Everything that is compared, in the order in which it is met first. */
  readonly sides: readonly ListedSide[];
  /** The images of it. */
  readonly samples: readonly { readonly path: string; readonly subject: string }[];
  /** SHA-256 of the pairs in their order, and of what is in a set: two runs with the same hash compared the same. */
  readonly hash: string;
}

const noSets: Prescription['sets'] = new Map();

/** Single images compared in pairs. */
export const prescribed = (pairs: readonly ProtocolPair[]): Prescription => ({ pairs: () => pairs, sets: noSets });

/** @param wanted what the place would have to hold, in a sentence. @throws RequestError bad-dataset when there is no pair. */
export function comparisonList({ pairs, sets, metadata }: Prescription, where: string, wanted?: string): ComparisonList {
  const hash = createHash('sha256');
  const sides = new Map<string, ListedSide>();
  let count = 0;
  for (const { sampleA, sampleB, subjectA, subjectB, isMated, split } of pairs()) {
    count++;
    hash.update(`${[sampleA, sampleB, subjectA, subjectB, isMated ? 1 : 0, split].join('\t')}\n`);
    if (!sides.has(sampleA)) sides.set(sampleA, { name: sampleA, subject: subjectA, split });
    if (!sides.has(sampleB)) sides.set(sampleB, { name: sampleB, subject: subjectB, split });
  }
  if (count === 0) throw new RequestError('bad-dataset', `${where} names no comparison.${wanted === undefined ? '' : ` ${wanted}`}`);
  const images = new Map<string, string>();
  for (const { name, subject } of sides.values()) {
    for (const { path, part } of membersOf(sets, name)) {
      if (sets.has(name)) hash.update(`${[name, part, path].join('\t')}\n`);
      if (!images.has(path)) images.set(path, subject);
    }
  }
  return {
    pairs, sets, count, hash: hash.digest('hex'), ...(metadata !== undefined && { metadata }),
    sides: [...sides.values()],
    samples: [...images].map(([path, subject]) => ({ path, subject })),
  };
}

/** The images behind one side of a comparison. */
export function membersOf(sets: Prescription['sets'], name: string): readonly SetMember[] {
  return sets.get(name) ?? [{ path: name, part: '' }];
}
