import type { ParsedInput, RequestOutput } from '../../contract/requests.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import { pairChooser } from '../../evaluation/all-pairs.ts';
import { pairGuard } from '../../evaluation/pair-guard.ts';
import type { Measurement } from '../../store/measurements.ts';
import { cellsOf, linesOf } from '../csv-lines.ts';
import { isDevelopment, pairReader } from '../guarded-scores.ts';
import { asCell } from '../quoted.ts';
import { protocolPictureId } from './protocol-pictures.ts';

type Listed = RequestOutput<'protocols.pairs'>;

/**
 * Comparisons of a protocol that count, in an order, out of the scores that its run wrote.
 *
 * @throws RequestError not-found where they are not there any more.
 */
export async function protocolPairs({ report, scoresFile, sides }: Measurement<'protocol'>, { kind, order, threshold, limit }: Omit<ParsedInput<'protocols.pairs'>, 'protocolId'>): Promise<Listed> {
  const places = new Map(sides.map(({ name }, at) => [asCell(name).trim(), at]));
  const chooser = pairChooser({ kind, order, threshold, limit });
  const isJudged = judgedSplits(report.figures);
  const guard = pairGuard();
  const wanted = kind === 'mated' ? '1' : '0';
  let read: ReturnType<typeof pairReader> | null = null;
  try {
    for await (const { lines } of linesOf(scoresFile)) {
      for (const line of lines) {
        const cells = cellsOf(line, 0);
        if (cells === null) continue;
        if (read === null) {
          read = pairReader(cells);
          continue;
        }
        const pair = read(cells);
        if (guard.check(pair) === null && cells[1] === wanted && isJudged(pair.split)) chooser.add(places.get(pair.sampleA)!, places.get(pair.sampleB)!, Number(cells[0]));
      }
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new RequestError('not-found', `The scores of this run are not in ${scoresFile} any more, so its pairs cannot be looked at. Run the protocol again.`);
  }
  const { errors, pairs } = chooser.result();
  return { total: errors, ...shown(report.id, sides, pairs) };
}

/** What is chosen on is not judged; a protocol whose every comparison is of a development split is. */
function judgedSplits({ development }: Pick<ScoreFileReport, 'development'>): (split: string) => boolean {
  return development === null ? () => true : (split) => !isDevelopment(split);
}

/** Only the sides that are shown are named, and the pairs number them anew. JSON has no infinity: a failure to acquire is the lowest number. */
function shown(protocolId: string, sides: Measurement<'protocol'>['sides'], pairs: Listed['pairs']): Pick<Listed, 'samples' | 'pairs'> {
  const used = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const at = new Map(used.map((side, place) => [side, place]));
  return {
    samples: used.map((side) => {
      const { name, subject, images } = sides[side]!;
      return { name, subject, imageIds: images.map((_, image) => protocolPictureId(protocolId, side, image)) };
    }),
    pairs: pairs.map(({ first, second, score }) => ({ first: at.get(first)!, second: at.get(second)!, score: Math.max(score, -Number.MAX_VALUE) })),
  };
}
