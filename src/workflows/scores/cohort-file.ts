import { stat } from 'node:fs/promises';
import { RequestError } from '../../contract/request-error.ts';
import type { NormalizedFigures, ScoreFilePlan, Studied } from '../../contract/requests/score-files.ts';
import { cohortStatistics } from '../../evaluation/cohort-statistics.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { DEFAULT_COSTS, scoreMetricsSteps } from '../../evaluation/score-metrics.ts';
import { sNorm, tNorm, zNorm } from '../../evaluation/score-normalization.ts';
import type { CollectedScores, MetadataColumn } from '../../evaluation/score-rows.ts';
import type { Scores } from '../../evaluation/score-set.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import type { Progress } from '../../evaluation/steps.ts';
import { cellsOf, linesOf } from '../csv-lines.ts';
import { mostResampled } from '../detail/normalization-detail.ts';
import { columnOf } from './studied-columns.ts';

type Plan = Omit<ScoreFilePlan, 'cohort'> & { cohort: string };

/** EER, d' and FNMRs of the scores as they are, and after Z-, T- and S-norm by a cohort. */
export async function* normalizedFigures(rows: CollectedScores, plan: Plan): AsyncGenerator<Progress, Studied<NormalizedFigures>> {
  try {
    const [references, probes] = [columnOf(rows, 'sample_a'), columnOf(rows, 'sample_b')];
    const { samples, scores, size } = await readCohort(plan.cohort);
    const statistics = cohortStatistics(scores, size);
    const kinds = ['none', 'z', 't', 's'] as const;
    const figures: NormalizedFigures['rows'][number][] = [];
    const columnsOf = (kind: Judged['kind']) => {
      const judged = { kind, scores: rows.scores[kind] };
      return { scores: judged.scores, references: rowsIn(samples, references, judged), probes: rowsIn(samples, probes, judged) };
    };
    const [mated, nonMated] = [columnsOf('mated'), columnsOf('nonMated')];
    const normalize = { none: ({ scores: raw }: typeof mated): Scores => raw, z: (one: typeof mated) => zNorm(one, statistics), t: (one: typeof mated) => tNorm(one, statistics), s: (one: typeof mated) => sNorm(one, { references: statistics, probes: statistics }) };
    for (const kind of kinds) {
      const set = { mated: normalize[kind](mated), nonMated: normalize[kind](nonMated) };
      const { targets, replicates, confidence, seed } = plan;
      const bootstrap = replicates === 0 || mated.scores.length + nonMated.scores.length > mostResampled ? {} : { bootstrap: { replicates, confidence, random: seededRandom(seed) } };
      const { eer, dPrime, fnmrAtFmr } = yield* scoreMetricsSteps({ scores: set, attributed: rows.attributed && { ...rows.attributed, ...set } }, { targets, costs: DEFAULT_COSTS, ...bootstrap });
      figures.push({ kind, eer, dPrime, fnmrAtFmr });
    }
    return { cohort: size, rows: figures };
  } catch (error) {
    if (error instanceof EvaluationError) return { refusal: error.message };
    throw error;
  }
}

interface Judged {
  readonly kind: 'mated' | 'nonMated';
  readonly scores: Scores;
}

/** Of each comparison: the row of its sample in the cohort. A failure to acquire stays one whatever the row, and so needs none. */
function rowsIn(samples: ReadonlyMap<string, number>, { name, values, ...places }: MetadataColumn, { kind, scores }: Judged): Uint32Array {
  const numbers = values.map((sample) => samples.get(sample.trim()) ?? -1);
  return Uint32Array.from(places[kind], (place, at) => {
    const row = numbers[place]!;
    if (row < 0 && scores[at] === -Infinity) return 0;
    if (row < 0) throw new EvaluationError('row-unreadable', `The cohort has no scores of ${values[place]!}, which ${name} names.`);
    return row;
  });
}

interface Cohort {
  readonly samples: ReadonlyMap<string, number>;
  /** [samples, size], row-major. */
  readonly scores: Float64Array;
  readonly size: number;
}

/**
 * @throws RequestError not-found; EvaluationError row-unreadable, score-not-a-number, or shape-mismatch when samples have unlike numbers
 *   of scores.
 */
async function readCohort(path: string): Promise<Cohort> {
  if (!(await stat(path).then((found) => found.isFile(), () => false))) throw new RequestError('not-found', `The cohort ${path} does not exist.`);
  const columns = new Map<string, number[]>();
  let [row, header]: [number, string[] | null] = [0, null];
  for await (const { lines } of linesOf(path)) {
    for (const line of lines) {
      const cells = cellsOf(line, row)?.map((cell) => cell.trim());
      if (cells === undefined) continue;
      if (header === null) {
        header = cells.map((name) => name.replace(/^\uFEFF/, ''));
        if (!['sample', 'score'].every((name) => header!.includes(name))) throw new EvaluationError('row-unreadable', `The cohort ${path} needs the columns sample and score.`);
        continue;
      }
      row++;
      const [sample, score] = [cells[header.indexOf('sample')] ?? '', Number(cells[header.indexOf('score')] || NaN)];
      if (Number.isNaN(score)) throw new EvaluationError('score-not-a-number', `${path}, row ${row}: the score is not a number.`);
      const known = columns.get(sample);
      if (known === undefined) columns.set(sample, [score]);
      else known.push(score);
    }
  }
  const size = Math.max(0, ...[...columns.values()].map(({ length }) => length));
  const short = [...columns].find(([, own]) => own.length !== size);
  if (short !== undefined) throw new EvaluationError('shape-mismatch', `${path}: ${short[0]} has ${short[1].length} cohort scores, others have ${size}.`);
  return { samples: new Map([...columns.keys()].map((sample, at) => [sample, at])), scores: Float64Array.from([...columns.values()].flat()), size };
}
