import { equalErrorRate } from '../equal-error-rate.ts';
import { operatingPoints } from '../error-rates.ts';
import { fnmrAtFmr } from '../fnmr-at-fmr.ts';
import type { Random } from '../random.ts';
import { shuffled } from '../random.ts';
import { sortScores } from '../score-set.ts';
import type { Progress } from '../steps.ts';
import type { CancelableTransform, ProtectionScheme } from './cancelable-transform.ts';
import { cancelableTransform } from './cancelable-transform.ts';
import type { ProtectionKey } from './key-stream.ts';
import { unlinkability } from './unlinkability.ts';

export interface Accuracy {
  eer: number;
  /** At the threshold whose FMR is at most the target. */
  fnmr: number;
  threshold: number;
}

/** What a scheme does to a set of templates; means over the keys. */
export interface ProtectionFigures {
  scheme: ProtectionScheme;
  keys: number;
  matedComparisons: number;
  nonMatedComparisons: number;
  /** The FMR that `fnmr` and the thresholds are for. */
  targetFmr: number;
  unprotected: Accuracy;
  /** Everybody under the gallery's one key. So an impostor who has stolen the key and shows an own face is counted here: it is the stolen-key case. */
  sameKey: Accuracy;
  /** An impostor without the key: shows an own face, transformed with another key. Share that matches at the threshold of `sameKey`. */
  fmrWithoutKey: number;
  /** Of templates that were issued again under a new key: share that still matches the old template of the very same sample, at that threshold. */
  oldMatchesNew: number;
  /** D_sys between galleries under two keys; beside it what mixing up who is whose gives (chance), and D_sys of galleries without protection. */
  linkability: number;
  linkabilityByChance: number;
  linkabilityUnprotected: number;
  /** Who has stolen template and key: mean cosine of what they make of it with the original. 1: the protection is undone. */
  cosineOfEstimate: number;
}

export interface ProtectionOrder {
  scheme: ProtectionScheme;
  /** Unit templates, [samples, size]. */
  templates: Float32Array;
  size: number;
  /** Whose each is, as numbers. */
  subjects: Int32Array;
  /** Two or more. */
  keys: readonly ProtectionKey[];
  targetFmr: number;
  /** Mixes up the labels for the chance level. */
  random: Random;
}

/** As in the code of Gomez-Barrero and others: ten mated scores for a bin, a hundred bins at most. */
const binsFor = (matedScores: number): number => Math.max(2, Math.min(100, Math.floor(matedScores / 10)));

/** Compares all pairs of the templates: without protection, under each key, and across each pair of neighbouring keys. */
export function* measureProtection(order: ProtectionOrder): Generator<Progress, ProtectionFigures> {
  const { scheme, templates, size, subjects, keys, targetFmr, random } = order;
  const total = keys.length + 1;
  const plain = within(templates, subjects, size);
  const plainAcross = across(templates, templates, { subjects, size });
  yield { done: 1, total };
  const sums = { eer: 0, fnmr: 0, threshold: 0, fmrWithoutKey: 0, oldMatchesNew: 0, linkability: 0, linkabilityByChance: 0, cosineOfEstimate: 0 };
  const first = protectAll(templates, cancelableTransform(scheme, size, keys[0]!));
  let previous = first;
  for (const [index, key] of keys.entries()) {
    const transform = cancelableTransform(scheme, size, key);
    const current = index === 0 ? first : protectAll(templates, transform);
    const accuracy = accuracyOf(within(current, subjects, size), targetFmr);
    // The first key is compared with the last: as many pairs of keys as keys.
    const other = index === 0 ? protectAll(templates, cancelableTransform(scheme, size, keys.at(-1)!)) : previous;
    const pair = across(other, current, { subjects, size });
    const { threshold } = accuracy;
    sums.eer += accuracy.eer;
    sums.fnmr += accuracy.fnmr;
    sums.threshold += threshold;
    sums.fmrWithoutKey += shareFrom(pair.nonMated, threshold);
    sums.oldMatchesNew += shareFrom(pair.same, threshold);
    sums.linkability += linkabilityOf(pair);
    sums.linkabilityByChance += linkabilityOf(mixedUp(pair, random));
    sums.cosineOfEstimate += meanCosineOfEstimates(templates, current, { size, transform });
    previous = current;
    yield { done: index + 2, total };
  }
  const mean = (sum: number): number => sum / keys.length;
  return {
    scheme, keys: keys.length, targetFmr, matedComparisons: plain.mated.length, nonMatedComparisons: plain.nonMated.length,
    unprotected: accuracyOf(plain, targetFmr),
    sameKey: { eer: mean(sums.eer), fnmr: mean(sums.fnmr), threshold: mean(sums.threshold) },
    fmrWithoutKey: mean(sums.fmrWithoutKey), oldMatchesNew: mean(sums.oldMatchesNew), linkability: mean(sums.linkability),
    linkabilityByChance: mean(sums.linkabilityByChance), linkabilityUnprotected: linkabilityOf(plainAcross), cosineOfEstimate: mean(sums.cosineOfEstimate),
  };
}

interface Pairs {
  mated: Float64Array;
  nonMated: Float64Array;
}

function protectAll(templates: Float32Array, transform: CancelableTransform): Float32Array {
  const result = new Float32Array(templates.length);
  const size = transform.size;
  for (let start = 0; start < templates.length; start += size) result.set(transform.protect(templates.subarray(start, start + size)), start);
  return result;
}

/** All pairs i < j of one set. */
function within(templates: Float32Array, subjects: Int32Array, size: number): Pairs {
  const [mated, nonMated]: [number[], number[]] = [[], []];
  for (let i = 0; i < subjects.length; i++) {
    for (let j = 0; j < i; j++) (subjects[i] === subjects[j] ? mated : nonMated).push(cosine(templates, templates, { i, j, size }));
  }
  return { mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) };
}

/** One set against the other, i <= j: mates are other samples of the person, and in `same` the very same sample. */
function across(one: Float32Array, other: Float32Array, { subjects, size }: { subjects: Int32Array; size: number }): Pairs & { same: Float64Array } {
  const [mated, nonMated, same]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < subjects.length; i++) {
    for (let j = 0; j < i; j++) (subjects[i] === subjects[j] ? mated : nonMated).push(cosine(one, other, { i, j, size }));
    same.push(cosine(one, other, { i, j: i, size }));
  }
  return { mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated), same: Float64Array.from(same) };
}

function cosine(one: Float32Array, other: Float32Array, { i, j, size }: { i: number; j: number; size: number }): number {
  let sum = 0;
  for (let column = 0; column < size; column++) sum += one[i * size + column]! * other[j * size + column]!;
  return sum;
}

function accuracyOf(pairs: Pairs, targetFmr: number): Accuracy {
  const points = operatingPoints(sortScores(pairs));
  const { fnmr, threshold } = fnmrAtFmr(points, targetFmr);
  return { eer: equalErrorRate(points).rate, fnmr, threshold };
}

const shareFrom = (scores: Float64Array, threshold: number): number => scores.filter((score) => score >= threshold).length / scores.length;

const linkabilityOf = ({ mated, nonMated }: Pairs): number => unlinkability(mated, nonMated, binsFor(mated.length)).systemLinkability;

/** The same scores with the labels dealt out anew. */
function mixedUp({ mated, nonMated }: Pairs, random: Random): Pairs {
  const all = shuffled([...mated, ...nonMated], random);
  return { mated: Float64Array.from(all.slice(0, mated.length)), nonMated: Float64Array.from(all.slice(mated.length)) };
}

function meanCosineOfEstimates(templates: Float32Array, protectedOnes: Float32Array, { size, transform }: { size: number; transform: CancelableTransform }): number {
  let sum = 0;
  for (let start = 0; start < templates.length; start += size) {
    const estimate = transform.estimate(protectedOnes.subarray(start, start + size));
    const product = estimate.reduce((total, value, column) => total + value * templates[start + column]!, 0);
    sum += product / Math.hypot(...estimate);
  }
  return sum / (templates.length / size);
}
