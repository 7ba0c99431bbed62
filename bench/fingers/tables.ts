import type { Interval } from '../../src/evaluation/bootstrap.ts';
import { errorVersusDiscard } from '../../src/evaluation/error-versus-discard.ts';
import type { FusionRule } from '../../src/evaluation/fuse-scores.ts';
import { logisticFusion } from '../../src/evaluation/logistic-fusion.ts';
import type { Experiment, Figures, Pair, Scored } from './comparisons.ts';
import { figuresOf, hands, isMated, pairsOf, singles, sourcesOfHands } from './comparisons.ts';
import type { Picture } from './pictures.ts';
import type { Row } from './rows.ts';

/** Who compares. */
export interface Side {
  title: string;
  scoreOf: (pair: Pair) => number;
  /** Sees the picture as it is: of four fingers in one picture it knows nothing. */
  isOfWholePicture: boolean;
}

const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
const withLimits = ({ estimate, lower, upper }: Interval): string => `${percent(estimate)} (${(100 * lower).toFixed(1)} to ${(100 * upper).toFixed(1)})`;
const cells = (figures: Figures): string => `${figures.mated}, ${figures.nonMated} | ${withLimits(figures.eer)} | ${withLimits(figures.fnmr)} |`;

const ofFour = (rows: readonly Row[], { belongs }: Experiment): boolean => rows.some((row) => belongs(row) && row.isOfFour);

export function singleTable(rows: readonly Row[], experiments: readonly Experiment[], sides: readonly Side[]): string {
  const lines = experiments.flatMap((experiment) => sides.filter(({ isOfWholePicture }) => !(isOfWholePicture && ofFour(rows, experiment))).flatMap(({ title, scoreOf }) => {
    const figures = figuresOf(singles(rows, pairsOf(rows, experiment), scoreOf));
    return figures === null ? [] : [`| ${experiment.title} | ${title} | ${cells(figures)}`];
  }));
  return ['Single fingers; 95 % intervals by resampling fingers (people are too few to be resampled).', '', '| Set | Compared by | Mated, non-mated | EER | FNMR at FMR 1e-2 |', '|---|---|--:|--:|--:|', ...lines].join('\n');
}

/** Four fingers of a hand; the logistic weights are those of the four-finger photos, so it has no row for these. */
export function fusedTable(rows: readonly Row[], experiments: readonly Experiment[], sides: readonly Side[]): string {
  const development = experiments.find((experiment) => ofFour(rows, experiment));
  const lines = experiments.flatMap((experiment) => sides.filter(({ isOfWholePicture }) => !isOfWholePicture).flatMap(({ title, scoreOf }) => {
    const pairs = pairsOf(rows, experiment).filter(([first, second]) => rows[first]!.name !== '' && rows[second]!.name !== '');
    const learnt = development === undefined || development === experiment ? null : learn(rows, development, scoreOf);
    const rules: [string, FusionRule][] = [['sum', 'sum'], ['max', 'max'], ...(learnt === null ? [] : [['logistic', learnt] as [string, FusionRule]])];
    const scored: [string, Scored[]][] = [['one finger', singles(rows, pairs.filter(([first, second]) => rows[first]!.name === rows[second]!.name), scoreOf)], ...rules.map(([name, rule]): [string, Scored[]] => [name, hands(rows, pairs, { scoreOf, rule })])];
    return scored.flatMap(([name, some]) => {
      const figures = figuresOf(some);
      return figures === null ? [] : [`| ${experiment.title} | ${title} | ${name} | ${cells(figures)}`];
    });
  }));
  return ['Four fingers of a hand that were taken at once; like fingers are compared, intervals by resampling hands (one finger: fingers).', '', '| Set | Compared by | Fused | Mated, non-mated | EER | FNMR at FMR 1e-2 |', '|---|---|---|--:|--:|--:|', ...lines].join('\n');
}

/** Weights of the fingers on development hands; null where there are too few to learn from. */
function learn(rows: readonly Row[], development: Experiment, scoreOf: Side['scoreOf']): FusionRule | null {
  const { scores, of } = sourcesOfHands(rows, pairsOf(rows, development), scoreOf);
  const whole = [...of.keys()].filter((index) => scores.every((source) => source[index]! > -Infinity));
  const [mated, nonMated] = [true, false].map((kind) => whole.filter((index) => (of[index]![0] === of[index]![1]) === kind)) as [number[], number[]];
  if (mated.length < 3 || nonMated.length < 3) return null;
  const pick = (places: readonly number[]): Float64Array[] => scores.map((source) => Float64Array.from(places, (index) => source[index]!));
  return logisticFusion({ mated: pick(mated), nonMated: pick(nonMated) });
}

const DISCARDED = [0, 0.1, 0.2, 0.3, 0.5];

interface Discard {
  rows: readonly Row[];
  pictures: readonly Picture[];
  experiments: readonly Experiment[];
  sides: readonly Side[];
}

/** FNMR at the threshold of FMR 1e-2 without the mated comparisons of lowest quality (the lower of their two pictures'). */
export function discardTable({ rows, pictures, experiments, sides }: Discard): string {
  const lines = experiments.flatMap((experiment) => sides.filter(({ isOfWholePicture }) => !isOfWholePicture).flatMap(({ title, scoreOf }) => {
    const pairs = pairsOf(rows, experiment);
    const figures = figuresOf(singles(rows, pairs, scoreOf));
    if (figures === null) return [];
    const nonMated = pairs.filter((pair) => !isMated(rows, pair)).map(scoreOf).sort((one, other) => other - one);
    const threshold = nonMated[Math.floor(nonMated.length / 100)]!;
    const mated = pairs.filter((pair) => isMated(rows, pair));
    const curve = errorVersusDiscard({
      isError: mated.map((pair) => scoreOf(pair) <= threshold),
      quality: Float64Array.from(mated, ([first, second]) => Math.min(pictures[first]!.quality, pictures[second]!.quality)),
    });
    const errorAt = (share: number): string => percent(curve.error[curve.discarded.findLastIndex((discarded) => discarded <= share)]!);
    return [`| ${experiment.title} | ${title} | ${DISCARDED.map(errorAt).join(' | ')} |`];
  }));
  return ['Error versus discard: FNMR at the threshold of FMR 1e-2, without so much of the mated comparisons, those of the lowest quality.', '', `| Set | Compared by | ${DISCARDED.map((share) => `${100 * share} %`).join(' | ')} |`, `|---|---|${'--:|'.repeat(DISCARDED.length)}`, ...lines].join('\n');
}
