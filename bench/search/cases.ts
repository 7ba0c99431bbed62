/** Galleries to be searched: a template a person. */
export interface Case {
  count: number;
  size: number;
}

export const SIZES = [128, 512];
export const COUNTS = [10_000, 100_000, 1_000_000];

/** What is asked of each side: so many probes one at a time, and so many batches. */
export const PROBES = 2000;
export const BATCH = 32;
export const LIMIT = 10;

/** As measured with MobileFaceNet on `lfw-view1` (docs/search.md): cosines of non-mates and of mates. */
export const SCORES = { nonMatedDeviation: 0.144, matedMean: 0.717, matedDeviation: 0.132 };

/** Fewer of the slow ones, so that the run ends in minutes. */
export function singlesOf({ count, size }: Case): number {
  return Math.max(20, Math.min(200, Math.round(5e9 / (count * size))));
}

export const batchesOf = (each: Case): number => Math.max(3, Math.round(singlesOf(each) / 10));

export const titleOf = ({ count, size }: Case): string => `${count.toLocaleString('en-GB')} x ${size}`;
