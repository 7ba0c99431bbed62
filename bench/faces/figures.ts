import type { AttributedScores } from '../../src/evaluation/attributed-scores.ts';
import { bootstrapIntervals } from '../../src/evaluation/bootstrap.ts';
import type { Interval } from '../../src/evaluation/bootstrap.ts';
import { compareTemplates } from '../../src/evaluation/compare-templates.ts';
import { seededRandom } from '../../src/evaluation/random.ts';
import { equalErrorFigure, fnmrAtTarget } from '../../src/evaluation/resampled-figures.ts';
import type { SeenFace } from './see-set.ts';

export const FIGURES = { eer: equalErrorFigure, fnmrAtOnePercent: fnmrAtTarget(1e-2), fnmrAtOnePerMille: fnmrAtTarget(1e-3) } as const;
export type FigureName = keyof typeof FIGURES;

/** The same resamples in each run. */
export const plan = () => ({ replicates: 1000, confidence: 0.95, random: seededRandom(20) });

/** All pairs of the faces, by cosine similarity. */
export function compareFaces(faces: readonly Pick<SeenFace, 'person' | 'embedding'>[]): AttributedScores {
  const people = [...new Set(faces.map(({ person }) => person))];
  const dimension = faces[0]!.embedding.length;
  const embeddings = new Float32Array(faces.length * dimension);
  for (const [row, { embedding }] of faces.entries()) embeddings.set(embedding, row * dimension);
  return compareTemplates({ embeddings, dimension, subjects: Int32Array.from(faces, ({ person }) => people.indexOf(person)) });
}

export const intervalsOf = (scores: AttributedScores): Record<FigureName, Interval> => bootstrapIntervals(scores, FIGURES, plan());

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** 1.23 % (0.98 to 1.50). */
export const withLimits = ({ estimate, lower, upper }: Interval): string => `${percent(estimate)} (${(100 * lower).toFixed(2)} to ${(100 * upper).toFixed(2)})`;
