/** One comparison as a protocol or a score file names it. An empty split is no split. */
export interface NamedPair {
  readonly sampleA: string;
  readonly sampleB: string;
  readonly subjectA: string;
  readonly subjectB: string;
  /** The contents of both samples, such as hashes of their pixels; empty where they are not known. */
  readonly imageA: string;
  readonly imageB: string;
  /** The part of the data (development, evaluation, a fold) that the comparison belongs to. */
  readonly split: string;
}

export type GuardReason = 'self-comparison' | 'repeated-comparison' | 'duplicated-image' | 'leaked-identity';

/** Comparisons that flatter, by reason: how many, and which. */
export interface GuardFinding {
  readonly reason: GuardReason;
  readonly count: number;
  /** The first few, in words. */
  readonly examples: readonly string[];
}

export interface PairGuard {
  /** Why a comparison must not count, or null. Comparisons come in the order of the protocol; the first of several stays. */
  readonly check: (pair: NamedPair) => GuardReason | null;
  /** Of all comparisons so far; nothing where nothing was found. */
  readonly findings: () => GuardFinding[];
}

const EXAMPLES = 5;

/**
 * Finds the comparisons by which evaluations flatter themselves: a sample with itself, a pair that was compared before (in
 * either order; a copy of an image of the same subject is that image again), two samples that are the same image under two
 * names, and an identity in two splits, whose comparisons stay in the split where it is met first.
 *
 * Memory: a number for each pair, and the names.
 */
export function pairGuard(): PairGuard {
  const numbers = new Map<string, number>();
  const numberOf = (sample: string): number => {
    let number = numbers.get(sample);
    if (number === undefined) numbers.set(sample, (number = numbers.size));
    return number;
  };
  const partners = new Map<number, Set<number>>();
  const splitOf = new Map<string, string>();
  const found = new Map<GuardReason, { count: number; examples: string[] }>();
  const judge = (pair: NamedPair): [GuardReason, string] | null => {
    const { sampleA, sampleB, imageA, imageB, split } = pair;
    if (sampleA === sampleB) return ['self-comparison', `${sampleA} with itself`];
    const leak = [pair.subjectA, pair.subjectB].find((subject) => isElsewhere(splitOf, subject, split));
    if (leak !== undefined) return ['leaked-identity', `${leak} in ${splitOf.get(leak)!} and ${split}`];
    if (imageA !== '' && imageA === imageB) return ['duplicated-image', `${sampleA} shares an image with ${sampleB}`];
    const [keyA, keyB] = [keyOf(sampleA, imageA, pair.subjectA), keyOf(sampleB, imageB, pair.subjectB)];
    const [low, high] = [numberOf(keyA), numberOf(keyB)].sort((a, b) => a - b) as [number, number];
    let known = partners.get(low);
    if (known === undefined) partners.set(low, (known = new Set()));
    if (known.has(high)) return ['repeated-comparison', `${sampleA} with ${sampleB}`];
    known.add(high);
    return null;
  };
  return {
    check: (pair) => {
      const verdict = judge(pair);
      if (verdict === null) return null;
      const [reason, example] = verdict;
      const finding = found.get(reason) ?? { count: 0, examples: [] };
      found.set(reason, finding);
      finding.count++;
      if (finding.examples.length < EXAMPLES && !finding.examples.includes(example)) finding.examples.push(example);
      return reason;
    },
    findings: () => [...found].map(([reason, { count, examples }]) => ({ reason, count, examples })),
  };
}

/** What a sample is counted by. Under another subject the same image is no copy: one of both labels is wrong, which must not hide. */
const keyOf = (sample: string, image: string, subject: string): string => (image === '' ? sample : `${image} of ${subject}`);

/** Whether a subject belongs to another split; a new one now belongs to this. */
function isElsewhere(splitOf: Map<string, string>, subject: string, split: string): boolean {
  if (subject === '' || split === '') return false;
  const first = splitOf.get(subject);
  if (first === undefined) splitOf.set(subject, split);
  return first !== undefined && first !== split;
}
