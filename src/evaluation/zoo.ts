import type { AttributedScores } from './attributed-scores.ts';
import { checkColumns } from './attributed-scores.ts';
import { hypergeometricUpperTail } from './hypergeometric.ts';
import { quantile } from './quantile.ts';
import { checkScores, EvaluationError } from './score-set.ts';

/** A corner of the zoo plot: high or low in mated and in non-mated scores. */
export type Animal = 'dove' | 'worm' | 'chameleon' | 'phantom';

export interface ZooSubject {
  readonly subject: number;
  readonly matedMean: number;
  readonly matedCount: number;
  readonly nonMatedMean: number;
  readonly nonMatedCount: number;
  /** Undefined for those in no corner: most. */
  readonly animal: Animal | undefined;
}

export interface Zoo {
  readonly subjects: readonly ZooSubject[];
  /** First and third quartile over the subjects: the edges of the corner boxes. */
  readonly matedQuartiles: readonly [number, number];
  readonly nonMatedQuartiles: readonly [number, number];
  readonly counts: Readonly<Record<Animal, AnimalCount>>;
  /** Subjects without a mated or without a non-mated score: they have no place in the plot. */
  readonly unplaced: readonly number[];
  /** Comparisons with a failure, scored -Infinity: they are in no mean. */
  readonly failures: number;
}

export interface AnimalCount {
  readonly count: number;
  /** The chance of as many or more if a subject's two means had nothing to do with each other. */
  readonly chance: number;
}

const ANIMALS: readonly Animal[] = ['dove', 'worm', 'chameleon', 'phantom'];

/**
 * The biometric menagerie: each subject by the mean of its mated and of its non-mated scores (a comparison of two
 * subjects counts for both). In the highest quarter of mated and the lowest of non-mated means: doves. Lowest mated and
 * highest non-mated: worms. High in both: chameleons. Low in both: phantoms. A mean on the edge of a box is inside.
 * Source: Yager and Dunstone, "The biometric menagerie", IEEE TPAMI 32, 2010, with its hypergeometric test.
 *
 * @throws EvaluationError too-few-subjects (none has both kinds), shape-mismatch, and those of `checkScores`.
 */
export function zooOf(scores: AttributedScores): Zoo {
  checkScores(scores);
  checkColumns(scores);
  const { tallies, failures } = talliesOf(scores);
  const hasBoth = (tally: Tally): boolean => tally.matedCount > 0 && tally.nonMatedCount > 0;
  const placed = [...tallies].filter(([, tally]) => hasBoth(tally));
  if (placed.length === 0) {
    throw new EvaluationError('too-few-subjects', 'No subject has both mated and non-mated scores, so the zoo is empty.');
  }
  const means = placed.map(([subject, tally]) => ({
    subject,
    matedMean: tally.mated / tally.matedCount,
    matedCount: tally.matedCount,
    nonMatedMean: tally.nonMated / tally.nonMatedCount,
    nonMatedCount: tally.nonMatedCount,
  }));
  const matedQuartiles = quartiles(means.map(({ matedMean }) => matedMean));
  const nonMatedQuartiles = quartiles(means.map(({ nonMatedMean }) => nonMatedMean));
  const subjects = means.map((mean) => ({
    ...mean,
    animal: animalAt(cornerOf(mean.matedMean, matedQuartiles), cornerOf(mean.nonMatedMean, nonMatedQuartiles)),
  }));
  const unplaced = [...tallies].filter(([, tally]) => !hasBoth(tally)).map(([subject]) => subject);
  return { subjects, matedQuartiles, nonMatedQuartiles, counts: countAnimals(subjects, { matedQuartiles, nonMatedQuartiles }), unplaced, failures };
}

interface Tally {
  mated: number; // sums of scores
  matedCount: number;
  nonMated: number;
  nonMatedCount: number;
}

function talliesOf(scores: AttributedScores): { tallies: Map<number, Tally>; failures: number } {
  const tallies = new Map<number, Tally>();
  const tallyOf = (subject: number): Tally => {
    let tally = tallies.get(subject);
    if (tally === undefined) tallies.set(subject, (tally = { mated: 0, matedCount: 0, nonMated: 0, nonMatedCount: 0 }));
    return tally;
  };
  let failures = 0;
  for (let index = 0; index < scores.mated.length; index++) {
    const score = scores.mated[index]!;
    const tally = tallyOf(scores.matedSubjects[index]!);
    if (score === -Infinity) {
      failures++;
      continue;
    }
    tally.mated += score;
    tally.matedCount++;
  }
  for (let index = 0; index < scores.nonMated.length; index++) {
    const score = scores.nonMated[index]!;
    const first = tallyOf(scores.nonMatedFirst[index]!);
    const second = tallyOf(scores.nonMatedSecond[index]!);
    if (score === -Infinity) {
      failures++;
      continue;
    }
    // Two fingers of one person are one comparison of that person, not two.
    for (const tally of first === second ? [first] : [first, second]) {
      tally.nonMated += score;
      tally.nonMatedCount++;
    }
  }
  return { tallies, failures };
}

function quartiles(means: readonly number[]): [number, number] {
  const sorted = Float64Array.from(means).sort();
  return [quantile(sorted, 0.25), quantile(sorted, 0.75)];
}

interface Corner {
  readonly isLow: boolean;
  readonly isHigh: boolean;
}

const cornerOf = (mean: number, [low, high]: readonly [number, number]): Corner => ({ isLow: mean <= low, isHigh: mean >= high });

function animalAt(mated: Corner, nonMated: Corner): Animal | undefined {
  // Equal means are both low and high: they say nothing about anybody.
  if ((mated.isLow && mated.isHigh) || (nonMated.isLow && nonMated.isHigh)) return undefined;
  if (mated.isHigh) return nonMated.isLow ? 'dove' : nonMated.isHigh ? 'chameleon' : undefined;
  if (mated.isLow) return nonMated.isHigh ? 'worm' : nonMated.isLow ? 'phantom' : undefined;
  return undefined;
}

function countAnimals(
  subjects: readonly ZooSubject[],
  { matedQuartiles, nonMatedQuartiles }: Pick<Zoo, 'matedQuartiles' | 'nonMatedQuartiles'>,
): Record<Animal, AnimalCount> {
  const mated = subjects.map(({ matedMean }) => cornerOf(matedMean, matedQuartiles));
  const nonMated = subjects.map(({ nonMatedMean }) => cornerOf(nonMatedMean, nonMatedQuartiles));
  const size = (corners: readonly Corner[], side: keyof Corner): number => corners.filter((corner) => corner[side]).length;
  const sides: Record<Animal, [keyof Corner, keyof Corner]> = {
    dove: ['isHigh', 'isLow'],
    worm: ['isLow', 'isHigh'],
    chameleon: ['isHigh', 'isHigh'],
    phantom: ['isLow', 'isLow'],
  };
  const countOf = (animal: Animal): AnimalCount => {
    const [matedSide, nonMatedSide] = sides[animal];
    const count = subjects.filter((subject) => subject.animal === animal).length;
    const urn = { total: subjects.length, marked: size(mated, matedSide), drawn: size(nonMated, nonMatedSide) };
    return { count, chance: hypergeometricUpperTail(count, urn) };
  };
  return Object.fromEntries(ANIMALS.map((animal) => [animal, countOf(animal)])) as Record<Animal, AnimalCount>;
}
