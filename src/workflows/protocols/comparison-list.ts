import { createHash } from 'node:crypto';
import { RequestError } from '../../contract/request-error.ts';
import { inNaturalOrder } from '../dataset-scan.ts';

/** One comparison of a protocol. Samples are paths below the protocol's folder of images. */
export interface ProtocolPair {
  readonly sampleA: string;
  readonly sampleB: string;
  readonly subjectA: string;
  readonly subjectB: string;
  readonly isMated: boolean;
  /** Fold or part of the data; empty where the protocol has none. */
  readonly split: string;
}

/** A protocol, frozen: what is compared with what, in which order. */
export interface ComparisonList {
  readonly pairs: readonly ProtocolPair[];
  /** Images named by the pairs, in the order in which they are met first. */
  readonly samples: readonly { readonly path: string; readonly subject: string }[];
  /** SHA-256 of the pairs in their order: two runs with the same hash compared the same. */
  readonly hash: string;
}

/** @throws RequestError bad-dataset when there is no pair. */
export function comparisonList(pairs: readonly ProtocolPair[], where: string): ComparisonList {
  if (pairs.length === 0) throw new RequestError('bad-dataset', `${where} names no comparison.`);
  const hash = createHash('sha256');
  const subjects = new Map<string, string>();
  for (const { sampleA, sampleB, subjectA, subjectB, isMated, split } of pairs) {
    hash.update(`${[sampleA, sampleB, subjectA, subjectB, isMated ? 1 : 0, split].join('\t')}\n`);
    if (!subjects.has(sampleA)) subjects.set(sampleA, subjectA);
    if (!subjects.has(sampleB)) subjects.set(sampleB, subjectB);
  }
  return { pairs, samples: [...subjects].map(([path, subject]) => ({ path, subject })), hash: hash.digest('hex') };
}

/**
 * FVC: every finger's impressions with one another (mated, each pair once), and the first impressions of all fingers
 * (non-mated). 100 fingers of 8 give 2,800 and 4,950 (Maio et al., FVC2000, PAMI 24, 2002); any numbers do.
 *
 * @param paths files called <finger>_<impression>.<ending>; others are passed over.
 */
export function fvcPairs(paths: readonly string[]): ProtocolPair[] {
  const fingers = new Map<string, { path: string; impression: number }[]>();
  for (const path of [...paths].sort(inNaturalOrder)) {
    const [, finger, impression] = /(?:^|\/)(\d+)_(\d+)\.\w+$/.exec(path) ?? [];
    if (finger === undefined) continue;
    const known = fingers.get(finger) ?? [];
    fingers.set(finger, known);
    known.push({ path, impression: Number(impression) });
  }
  const all = [...fingers].map(([finger, prints]) => ({ finger, prints: prints.sort((one, other) => one.impression - other.impression) }));
  const mated = all.flatMap(({ finger, prints }) => prints.flatMap(({ path }, at) => prints.slice(at + 1).map((other) =>
    ({ sampleA: path, sampleB: other.path, subjectA: finger, subjectB: finger, isMated: true, split: '' }))));
  const nonMated = all.flatMap(({ finger, prints }, at) => all.slice(at + 1).map((other) =>
    ({ sampleA: prints[0]!.path, sampleB: other.prints[0]!.path, subjectA: finger, subjectB: other.finger, isMated: false, split: '' })));
  return [...mated, ...nonMated];
}
