import type { GuardFinding, NamedPair, PairGuard } from '../evaluation/pair-guard.ts';
import { pairGuard } from '../evaluation/pair-guard.ts';
import type { CollectedScores, ScoreCollector } from '../evaluation/score-rows.ts';
import { SCORE_COLUMNS, scoreCollector } from '../evaluation/score-rows.ts';
import { EvaluationError } from '../evaluation/score-set.ts';

/** Rows of scores as they come, those that flatter set apart. */
export interface GuardedScores {
  add(cells: readonly string[]): void;
  finish(): CollectedBoth;
}

export interface CollectedBoth {
  readonly honest: CollectedScores;
  /** Rows of a development split; null where there are none, or nothing else. */
  readonly development: CollectedScores | null;
  readonly leftOut: CollectedScores;
  readonly findings: readonly GuardFinding[];
}

const SAMPLES = ['sample_a', 'sample_b'];
/** The columns that the guard reads besides. */
const WATCHED = [...SAMPLES, 'image_a', 'image_b', 'split'];

/** Whether a split is the one that thresholds and calibrations are chosen on. */
export const isDevelopment = (split: string): boolean => /^(dev|development|val|validation)$/i.test(split);

/**
 * Collects rows by their header: where it names both samples (and perhaps their contents, image_a and image_b), a guard
 * watches over them. Columns that are `studied` are kept as metadata.
 *
 * @throws EvaluationError row-unreadable and the others of `scoreCollector`.
 */
export function guardedScores(header: readonly string[], studied: readonly string[] = []): GuardedScores {
  const names = header.map((name) => name.trim());
  const places = [...names.keys()].filter((at) => SCORE_COLUMNS.has(names[at]!) || studied.includes(names[at]!));
  const twice = [...SCORE_COLUMNS, ...WATCHED, ...studied].find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) throw new EvaluationError('row-unreadable', `The header names the column ${twice} twice, so which one counts is not known.`);
  // A header without what is needed is the collector's to refuse, with all its names.
  const kept = names.includes('score') && names.includes('mated') ? places.map((at) => names[at]!) : names;
  const [honest, development, leftOut] = [scoreCollector(kept), scoreCollector(kept), scoreCollector(kept)];
  const guard: PairGuard | null = SAMPLES.every((name) => names.includes(name)) ? pairGuard() : null;
  const pairOf = pairReader(names);
  const [split, owners] = [names.indexOf('split'), sampleOwners()];
  const isOfDevelopment = (cells: readonly string[]): boolean => split >= 0 && isDevelopment(cells[split]?.trim() ?? '');
  const [counts, own] = [{ judged: 0, development: 0 }, (cells: readonly string[]) => places.map((at) => cells[at] ?? '')];
  const collectorFor = (cells: readonly string[]): ScoreCollector => {
    if (guard?.check(pairOf(cells))) return leftOut;
    if (isOfDevelopment(cells)) return (counts.development++, development);
    return (counts.judged++, honest);
  };
  let row = 0;
  return {
    add: (cells) => {
      collectorFor(cells).add(own(cells), ++row);
      if (guard !== null) owners.check(pairOf(cells), row);
    },
    finish: () => {
      const found = { leftOut: leftOut.finish(), findings: guard?.findings() ?? [] };
      // A file of a development split alone is judged like any other.
      if (counts.judged === 0) return { honest: development.finish(), development: null, ...found };
      return { honest: honest.finish(), development: counts.development === 0 ? null : development.finish(), ...found };
    },
  };
}

/** Holds every sample to one subject: samples named only within their subject (1, 2, 3) would pass for one another. */
function sampleOwners(): { check(pair: NamedPair, row: number): void } {
  const owners = new Map<string, string>();
  const hold = (sample: string, subject: string, row: number): void => {
    const owner = owners.get(sample) ?? subject;
    if (owner !== subject) {
      throw new EvaluationError('row-unreadable', `Row ${row}: the sample ${sample} is of ${subject}, and of ${owner} in a row before. Every sample needs a name of its own, such as ${subject}/${sample}.`);
    }
    owners.set(sample, subject);
  };
  return {
    check: ({ sampleA, sampleB, subjectA, subjectB }, row) => {
      hold(sampleA, subjectA, row);
      hold(sampleB, subjectB, row);
    },
  };
}

/** Reads a row as its header names its columns. */
export function pairReader(names: readonly string[]): (cells: readonly string[]) => NamedPair {
  const reader = (name: string): ((cells: readonly string[]) => string) => {
    const at = names.indexOf(name);
    return (cells) => (at < 0 ? '' : (cells[at]?.trim() ?? ''));
  };
  const [sampleA, sampleB, subjectA, subjectB] = [reader('sample_a'), reader('sample_b'), reader('subject_a'), reader('subject_b')];
  const [imageA, imageB, split] = [reader('image_a'), reader('image_b'), reader('split')];
  return (cells) => ({
    sampleA: sampleA(cells), sampleB: sampleB(cells), subjectA: subjectA(cells), subjectB: subjectB(cells) || subjectA(cells),
    imageA: imageA(cells), imageB: imageB(cells), split: split(cells),
  });
}
