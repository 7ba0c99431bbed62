import type { EvaluationReport } from '../../contract/requests/evaluations.ts';
import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import { figureWord } from './report-files.ts';
import type { EvaluationStudies } from './evaluation-sections.ts';
import type { ReportCaptions } from './report-document.ts';
import { bandSentence, groundSentence, rateWords } from './report-words.ts';

interface Captioned {
  readonly mated: number;
  readonly nonMated: number;
  /** Whose interval is drawn; null where there is none. */
  readonly banded: string | null;
  /** The threshold that is marked, and where it comes from; null where none is. */
  readonly marked: string | null;
}

/** What stands below ROC, DET and histogram: how many comparisons, what the band, the grey ground and the marks are. */
function curveCaptions({ mated, nonMated, banded, marked }: Captioned): ReportCaptions {
  const of = `of ${mated.toLocaleString('en-GB')} mated and ${nonMated.toLocaleString('en-GB')} non-mated comparisons`;
  const rest = [...(banded === null ? [] : [bandSentence(banded)]), groundSentence, ...(marked === null ? [] : [`Circle, where it lies on the curve: ${marked}.`])].join(' ');
  return {
    'roc.svg': `ROC ${of}: true match rate (1 - FNMR) against FMR, which is drawn logarithmically. ${rest}`,
    'det.svg': `DET ${of}: FNMR against FMR, both ${nonMated < 1000 ? 'on normal deviate axes' : 'drawn logarithmically'}; where no mated comparison fails there is no curve. ${rest}`,
    'histogram.svg': `Comparison scores ${of}, each kind in shares of its own.${marked === null ? '' : ` Line: ${marked}.`}`,
  };
}

/** What stands below the figures of an evaluation, by the name of their file. */
export function evaluationCaptions({ counts, systems, thresholds }: EvaluationReport, { zoo, discards }: EvaluationStudies): ReportCaptions {
  const [first] = systems;
  const offered = thresholds.findLast(({ threshold }) => threshold !== null);
  const marked = offered === undefined ? null : `the threshold ${offered.threshold!.toPrecision(6)}, chosen on the validation identities for an FMR of ${rateWords(offered.target)}`;
  const { closedSet = null, openSet = null } = first!.detail?.identification ?? {};
  const isFound = openSet?.curve.every(({ fpir, fnir }) => fpir === 0 || fnir === 0) ?? false;
  return {
    ...curveCaptions({ ...counts, banded: first!.curve.some(({ low }) => low !== null) ? first!.name : null, marked }),
    ...(closedSet !== null && { 'cmc.svg': `CMC: the share of ${closedSet.searches.toLocaleString('en-GB')} searches whose mate is among the first of N = ${closedSet.enrolled} enrolled. ${bandSentence(first!.name)}` }),
    ...(openSet !== null && {
      'open-set.svg': `Open set, N = ${openSet.enrolled}: FNIR of ${openSet.matedSearches.toLocaleString('en-GB')} searches with a mate against FPIR of ${openSet.nonMatedSearches.toLocaleString('en-GB')} without.${isFound ? ' No search missed its mate at any FPIR above 0, so there is no curve to draw.' : ''} ${groundSentence}`,
    }),
    ...studyCaptions({ subjects: zoo?.subjects.length ?? 0, discards }),
  };
}

/** What stands below the figures of a run of a protocol, by the name of their file. */
export function protocolCaptions({ figures, manifest }: Omit<ProtocolReport, 'files'>, { subjects, discards }: { subjects: number; discards: EvaluationStudies['discards'] }): ReportCaptions {
  const { identification } = figures.studies;
  const searches = identification === undefined || 'refusal' in identification ? null : identification;
  return {
    ...curveCaptions({ mated: figures.matedCount, nonMated: figures.nonMatedCount, banded: figures.confidence === null ? null : manifest.model.name, marked: null }),
    ...(searches !== null && { 'cmc.svg': `CMC: the share of ${searches.matedSearches.toLocaleString('en-GB')} searches whose mate is among the first of N = ${searches.enrolled} enrolled. ${bandSentence(manifest.model.name)}` }),
    ...studyCaptions({ subjects, discards }),
  };
}

function studyCaptions({ subjects, discards }: { subjects: number; discards: EvaluationStudies['discards'] }): ReportCaptions {
  return {
    'zoo.svg': `Each mark is one of ${subjects} subjects, by the means of its own scores. The corners are those of the outer quarters on both axes: doves (stars), worms (triangles), chameleons (diamonds), phantoms (squares).`,
    ...Object.fromEntries(discards.map(({ column, threshold, comparisons }) => [
      figureWord(column), `FNMR at the threshold ${threshold.toPrecision(6)} of the comparisons that stay, of ${comparisons.toLocaleString('en-GB')} mated ones, when those of the lowest ${column} are set aside.`,
    ])),
  };
}
