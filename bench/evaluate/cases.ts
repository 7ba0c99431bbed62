import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttributedScores } from '../../src/evaluation/attributed-scores.ts';
import { normalDeviate } from '../../src/evaluation/normal-deviate.ts';
import type { Random } from '../../src/evaluation/random.ts';
import { randomInteger, seededRandom } from '../../src/evaluation/random.ts';
import type { TemplateSet } from '../../src/evaluation/template-set.ts';

export const TARGETS = [0.1, 0.01, 0.001, 0.0001];
export const KS = [1, 2, 4, 8];
export const REPLICATES = 1000;

export interface Sizes {
  readonly scores: number;
  readonly subjects: number;
  readonly replicates: number;
  readonly templates: number;
  readonly dimension: number;
}

/** What issue 6 asks for, or a share of it to try things out. */
export function sizesOf(share: number): Sizes {
  return {
    scores: Math.round(1e7 * share), subjects: 2000, replicates: Math.max(10, Math.round(REPLICATES * share)),
    templates: Math.round(20_000 * Math.sqrt(share)), dimension: 512,
  };
}

const MATED_SHARE = 0.1;
const PER_SUBJECT = 5;
const NOISE = 2.5; // of which a third of the nearest neighbours is somebody else

/** A tenth mated; every subject shifts its own scores, as people do. */
export function drawScores({ scores, subjects }: Sizes): AttributedScores {
  const random = seededRandom(1);
  const own = Float64Array.from({ length: subjects }, () => 0.5 * normal(random));
  const mated = Math.round(MATED_SHARE * scores);
  const nonMated = scores - mated;
  const set = {
    mated: new Float64Array(mated), matedSubjects: new Int32Array(mated),
    nonMated: new Float64Array(nonMated), nonMatedFirst: new Int32Array(nonMated), nonMatedSecond: new Int32Array(nonMated),
  };
  for (let at = 0; at < mated; at++) {
    const subject = (set.matedSubjects[at] = randomInteger(random, subjects));
    set.mated[at] = 3 + own[subject]! + normal(random);
  }
  for (let at = 0; at < nonMated; at++) {
    const first = (set.nonMatedFirst[at] = randomInteger(random, subjects));
    const second = (set.nonMatedSecond[at] = (first + 1 + randomInteger(random, subjects - 1)) % subjects);
    set.nonMated[at] = (own[first]! + own[second]!) / 2 + normal(random);
  }
  return set;
}

/** Noise around a centre for every five templates, strong enough that some mates are missed. */
export function drawTemplates({ templates, dimension }: Sizes): TemplateSet {
  const random = seededRandom(2);
  const embeddings = new Float32Array(templates * dimension);
  const centre = new Float32Array(dimension);
  const subjects = Int32Array.from({ length: templates }, (_, row) => Math.floor(row / PER_SUBJECT));
  for (let row = 0; row < templates; row++) {
    if (row % PER_SUBJECT === 0) centre.forEach((_, column) => (centre[column] = random() - 0.5));
    for (let column = 0; column < dimension; column++) embeddings[row * dimension + column] = centre[column]! + NOISE * (random() - 0.5);
  }
  return { embeddings, dimension, subjects };
}

const normal = (random: Random): number => normalDeviate(Math.max(random(), 1e-12));

/** Both sides read the same bytes. */
export function writeColumns(folder: string, columns: Readonly<Record<string, Float64Array | Float32Array | Int32Array>>): void {
  for (const [name, column] of Object.entries(columns)) writeFileSync(join(folder, name), new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}
