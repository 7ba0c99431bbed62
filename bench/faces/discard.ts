import { errorVersusDiscard, discardArea } from '../../src/evaluation/error-versus-discard.ts';
import { fnmrAtFmr } from '../../src/evaluation/fnmr-at-fmr.ts';
import { operatingPoints } from '../../src/evaluation/error-rates.ts';
import { sortScores } from '../../src/evaluation/score-set.ts';
import { compareFaces, percent } from './figures.ts';
import type { SeenFace } from './see-set.ts';

const SHARES = [0, 0.05, 0.1, 0.2, 0.3];
const FMR = 1e-3;
const LARGEST = 0.2;

/**
 * Error versus discard on every second person, at the threshold for FMR 1e-3 of the others, on whom the limits of quality were chosen.
 */
export function discardTable(faces: readonly SeenFace[]): string {
  const people = [...new Set(faces.map(({ person }) => person))].sort();
  const [chosenOn, judgedOn] = [0, 1].map((half) => faces.filter(({ person }) => people.indexOf(person) % 2 === half)) as [SeenFace[], SeenFace[]];
  const { threshold } = fnmrAtFmr(operatingPoints(sortScores(compareFaces(chosenOn))), FMR);
  const mated = matedOf(judgedOn);
  const curve = errorVersusDiscard({ isError: mated.map(({ score }) => score < threshold), quality: Float64Array.from(mated, ({ quality }) => quality) });
  const left = SHARES.map((share) => curve.error[curve.discarded.findLastIndex((discarded) => discarded <= share)]!);
  const { area, ideal, level } = discardArea(curve, LARGEST);
  return `| Discarded | ${SHARES.map((share) => `${100 * share} %`).join(' | ')} | Mean up to ${100 * LARGEST} % | of a perfect measure |
|---|${SHARES.map(() => '--:|').join('')}--:|--:|
| FNMR | ${left.map(percent).join(' | ')} | ${percent(area)} (${(area / level).toFixed(2)} of the error without discarding) | ${percent(ideal)} |

${judgedOn.length} photos of ${new Set(judgedOn.map(({ person }) => person)).size} people, ${mated.length} mated comparisons, each as good as the worse of its two photos.`;
}

function matedOf(faces: readonly SeenFace[]): { score: number; quality: number }[] {
  return faces.flatMap((one, index) => faces.slice(index + 1).filter(({ person }) => person === one.person).map((other) => ({
    score: one.embedding.reduce((sum, value, at) => sum + value * other.embedding[at]!, 0),
    quality: Math.min(one.quality, other.quality),
  })));
}
