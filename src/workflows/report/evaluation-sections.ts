import { qualitySentence } from '../../contract/quality-words.ts';
import type { EvaluationReport, ScoredSystem } from '../../contract/requests/evaluations.ts';
import { spreadOf } from '../../contract/requests/evaluations.ts';
import type { DiscardReport, SliceReport, ZooReport } from '../../contract/requests/explore.ts';
import { limitsAssume } from '../../contract/limits-words.ts';
import { supportLimits } from '../../evaluation/support-limits.ts';
import { evaluationCaptions } from './captions.ts';
import { detailSections } from './detail-sections.ts';
import type { ReportDocument, ReportSection, ReportTable } from './report-document.ts';
import { organisedAfter } from './report-document.ts';
import { groupSections } from './group-sections.ts';
import { asRate, bounded, estimated, inPercent, percentWords, plainly, rateWords, thresholdWords, weaklyChosen } from './report-words.ts';

/** What is looked up beside the report itself. */
export interface EvaluationStudies {
  readonly zoo: ZooReport | null;
  readonly slices: readonly SliceReport[];
  readonly discards: readonly DiscardReport[];
}

/** An evaluation of a dataset as a report, in the order of ISO/IEC 19795-1: what, on whom, how, what failed, what came of it, its limits. */
export function evaluationDocument(report: EvaluationReport, studies: EvaluationStudies, charts: readonly string[]): ReportDocument {
  const { modelName, datasetName, part, counts, systems, protocol, device, createdAt, warnings } = report;
  const detail = systems[0]!.detail;
  const [identification, others] = [charts.filter((file) => file === 'cmc.svg' || file === 'open-set.svg'), charts.filter((file) => ['roc.svg', 'det.svg', 'histogram.svg'].includes(file))];
  return {
    title: `${modelName} on ${datasetName}`,
    subtitle: `${new Date(createdAt).toISOString().slice(0, 10)}. ${organisedAfter}`,
    sections: [
      { title: 'System under test', lines: [
        `Model ${modelName}${report.manifest === null ? '' : `, weights ${report.manifest.model.weightsHash}`}. Cosine similarity of its embeddings; a match when score >= threshold.`,
        ...(systems.length > 1 ? [`Beside it: ${systems.slice(1).map(({ name }) => name).join(', ')}.`] : []), `Computed by: ${device}.`,
      ] },
      { title: 'Test population and data', lines: [
        `Dataset ${datasetName}, ${part} part: ${counts.samples.toLocaleString('en-GB')} samples of ${counts.subjects.toLocaleString('en-GB')} subjects${report.manifest === null ? '' : `, hash ${report.manifest.dataHash}`}.`,
        ...warnings,
      ] },
      { title: 'Protocol', lines: [protocol, `${counts.mated.toLocaleString('en-GB')} mated and ${counts.nonMated.toLocaleString('en-GB')} non-mated comparisons. Thresholds are chosen on the validation identities, and their errors read on these.`, ...(report.manifest === null ? [] : [`Hash of the protocol: ${report.manifest.protocolHash}.`])] },
      failures(report),
      { title: 'Verification', lines: ['In brackets: 95 % intervals, bootstrap over subjects (BCa).'], tables: [verification(systems, counts.mated)], charts: others },
      thresholds(report),
      ...(detail === null ? [] : detailSections(detail, { mated: counts.mated, charts: identification })),
      ...retrieval(systems),
      ...groupSections(studies, charts),
      ...naive(systems[0]!, counts),
      { title: 'Limits', lines: [`FMR: ${bounded(supportLimits(counts.nonMated))}.`, `FNMR: ${bounded(supportLimits(counts.mated))}.`, limitsAssume] },
      ...repetition(report),
    ],
    captions: evaluationCaptions(report, studies),
  };
}

function failures({ counts, systems, quality }: EvaluationReport): ReportSection {
  const transactions = systems[0]!.detail?.transactions;
  const rows = transactions?.rows.map(({ target, fmr, fnmr, gfar, gfrr }) => [rateWords(target), rateWords(fmr), percentWords(fnmr, counts.mated), rateWords(gfar), percentWords(gfrr, counts.mated)]) ?? [];
  return {
    title: 'Failures to enrol and to acquire',
    lines: transactions === undefined
      ? [`${counts.failedToAcquire} images gave no template.`, ...(quality ? [qualitySentence({ quality })] : [])]
      : [`FTA: ${percentWords(transactions.fta, transactions.attempts)} (${transactions.failedAttempts} of ${transactions.attempts} images gave no template). FTE: ${percentWords(transactions.fte, transactions.enrolments)} (${transactions.failedEnrolments} of ${transactions.enrolments} subjects have no usable image).`,
        'GFAR and GFRR count a failure as a rejection.', ...(quality ? [qualitySentence({ quality })] : [])],
    tables: rows.length === 0 ? [] : [{ head: ['FMR wanted', 'FMR', 'FNMR', 'GFAR', 'GFRR'], rows }],
  };
}

function verification(systems: readonly ScoredSystem[], mated: number): ReportTable {
  const percent = inPercent(mated);
  const targets = systems[0]!.fnmrAtFmr;
  return {
    head: ['Figure', ...systems.map(({ name }) => name)],
    rows: [
      ['EER', ...systems.map(({ eer }) => percent(eer))],
      ...targets.map(({ target }, at) => [`FNMR at FMR ${rateWords(target)}`, ...systems.map(({ fnmrAtFmr }) => {
        const { fnmr, achieved, support } = fnmrAtFmr[at]!;
        return fnmr === null ? 'too little data' : `${percent(fnmr)}, FMR achieved ${rateWords(achieved ?? 0)}${support === 'weak' ? ', weak support' : ''}`;
      })]),
      ['AUC', ...systems.map(({ auc }) => plainly()(auc))],
      ["d'", ...systems.map(spreadOf).map((spread) => (spread === null ? '-' : plainly()(spread)))],
    ],
  };
}

function thresholds({ thresholds: offered, counts, systems }: EvaluationReport): ReportSection {
  const fittedOn = systems[0]!.detail?.calibration.fittedOn ?? null;
  return {
    title: 'Thresholds', lines: ['Chosen on other identities, judged on these. Groups and errors versus discard are read at the one of the lowest FMR.', ...offered.flatMap(({ target, refusal }) => (refusal === null ? [] : [`None for an FMR of ${rateWords(target)}: ${refusal}`])), ...(fittedOn === null ? [] : weaklyChosen(offered, fittedOn.nonMated))],
    tables: [{
      head: ['FMR wanted', 'Threshold', 'FMR there', 'FMR here', 'FNMR here'],
      rows: offered.map(({ target, threshold, developmentFmr, fmr, fnmr }) => threshold === null
        ? [rateWords(target), 'none', '-', '-', '-']
        : [rateWords(target), thresholdWords(threshold), rateWords(developmentFmr ?? 0), estimated(fmr, asRate), estimated(fnmr, inPercent(counts.mated))]),
    }],
  };
}

function retrieval(systems: readonly ScoredSystem[]): ReportSection[] {
  const found = systems.flatMap(({ name, retrieval: report }) => (report === null ? [] : [{ name, report }]));
  if (found.length === 0) return [];
  const percent = inPercent(found[0]!.report.queries);
  return [{
    title: 'Retrieval', lines: [`Every sample searched among all others, never itself, ties against the search; ${found[0]!.report.queries} searches.`],
    tables: [{ head: ['Figure', ...found.map(({ name }) => name)], rows: [
      ...found[0]!.report.recallAtK.map(({ k }, at) => [`Recall@${k}`, ...found.map(({ report }) => percent(report.recallAtK[at]!.recall))]),
      ['R-precision', ...found.map(({ report }) => percent(report.rPrecision))], ['MAP@R', ...found.map(({ report }) => percent(report.meanAveragePrecisionAtR))],
      ['NMI', ...found.map(({ report }) => report.clustering?.nmi.toFixed(3) ?? '-')], ['AMI', ...found.map(({ report }) => report.clustering?.ami.toFixed(3) ?? '-')],
    ] }],
  }];
}

function naive({ eer, rank1, detail }: ScoredSystem, counts: EvaluationReport['counts']): ReportSection[] {
  if (!detail?.naive) return [];
  const { selfMatches, eer: flattered, rank1: perfect } = detail.naive;
  return [{
    title: 'What a naive script would report',
    lines: [`A script that takes the whole matrix of scores compares ${selfMatches.toLocaleString('en-GB')} samples with themselves: it would report an EER of ${percentWords(flattered, counts.mated)} instead of ${percentWords(eer.value, counts.mated)}, and a recall@1 of ${percentWords(perfect, counts.samples)}${rank1 === null ? '' : ` instead of ${percentWords(rank1.value, counts.samples)}`}.`],
  }];
}

function repetition({ manifest }: EvaluationReport): ReportSection[] {
  if (manifest === null) return [];
  return [{ title: 'To repeat it', lines: [`Likeness ${manifest.likeness}, Node ${manifest.node}, seed ${manifest.plan.seed}, ${manifest.plan.replicates} resamples. likeness reproduce manifest.json`] }];
}
