import { open, rename, rm, stat } from 'node:fs/promises';
import { RequestError } from '../../contract/request-error.ts';
import type { FusionOrder, FusionOutcome } from '../../contract/requests/score-files.ts';
import { fuseScores } from '../../evaluation/fuse-scores.ts';
import type { FusionRule, LogisticFusion } from '../../evaluation/fuse-scores.ts';
import { logisticFusion } from '../../evaluation/logistic-fusion.ts';
import { EvaluationError } from '../../evaluation/score-set.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { ScoreFileProgress } from '../score-file.ts';
import { rowsSideBySide } from './rows-side-by-side.ts';

/**
 * Writes the first file anew with the fused scores of all files. Logistic weights are fitted on the rows of the development split and
 * applied to all; the rows stay marked, so that figures are read on the others.
 *
 * @throws RequestError invalid-input where the files are not about the same comparisons or no weights can be learnt, conflict where `out` is there.
 */
export async function* fuseScoreFiles({ paths, rule, out }: FusionOrder): AsyncGenerator<ScoreFileProgress, FusionOutcome> {
  refuseExisting(out);
  const total = await sizeOf(paths);
  const unfinished = `${out}.part`;
  try {
    const learnt = rule === 'logistic' ? yield* learn(paths, total) : null;
    const rows = yield* write({ paths, total, rule: learnt?.fusion ?? (rule === 'max' ? 'max' : 'sum'), file: unfinished });
    if (rows === 0) throw new RequestError('invalid-input', `${paths[0]!} has no comparisons to fuse.`);
    await rename(unfinished, out);
    return { file: out, rows, weights: learnt === null ? null : [...learnt.fusion.weights], offset: learnt?.fusion.offset ?? null, learntFrom: learnt?.rows ?? null };
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof EvaluationError) throw new RequestError('invalid-input', `${error.message} (${error.code})`);
    throw error;
  }
}

/** Bytes of the first file; all must be there. */
async function sizeOf(paths: readonly string[]): Promise<number> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const missing = paths.find((_, at) => found[at]?.isFile() !== true);
  if (missing !== undefined) throw new RequestError('not-found', `${missing} is no file. Name CSV files of comparison scores.`);
  return found[0]!.size;
}

async function* learn(paths: readonly string[], total: number): AsyncGenerator<ScoreFileProgress, { fusion: LogisticFusion; rows: number }> {
  const sources = { mated: paths.map((): number[] => []), nonMated: paths.map((): number[] => []) };
  let done = 0;
  for await (const { scores, isMated, isDevelopment, bytes } of rowsSideBySide(paths)) {
    for (const [row, isMate] of isMated.entries()) {
      if (!isDevelopment[row]!) continue;
      for (const [source, values] of scores.entries()) sources[isMate ? 'mated' : 'nonMated'][source]!.push(values[row]!);
    }
    yield { done: (done += bytes), total, unit: 'bytes' };
  }
  const [mated, nonMated] = [sources.mated.map((scores) => Float64Array.from(scores)), sources.nonMated.map((scores) => Float64Array.from(scores))];
  const rows = mated[0]!.length + nonMated[0]!.length;
  if (rows === 0) throw new RequestError('invalid-input', `${paths[0]!} has no row whose split is dev, development or validation. Weights are not learnt from the rows they are judged on: mark some, or fuse by sum or max.`);
  return { fusion: logisticFusion({ mated, nonMated }), rows };
}

async function* write({ paths, total, rule, file }: { paths: readonly string[]; total: number; rule: FusionRule; file: string }): AsyncGenerator<ScoreFileProgress, number> {
  const handle = await open(file, 'w');
  try {
    let [done, rows] = [0, 0];
    for await (const { scores, header, withScores, bytes } of rowsSideBySide(paths)) {
      await handle.appendFile(`${rows === 0 ? header : ''}${withScores(fuseScores(scores, rule))}`);
      rows += scores[0]!.length;
      yield { done: (done += bytes), total, unit: 'bytes' };
    }
    return rows;
  } finally {
    await handle.close();
  }
}
