import type { ProtocolReport } from '../../contract/requests/protocols.ts';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import { limitsAssume } from '../../contract/limits-words.ts';
import { suspectedCopiesWords } from '../../contract/suspected-copies.ts';
import { trainedByOthers } from '../../contract/training-words.ts';
import { fewestSubjects } from '../../contract/vocabulary.ts';
import { protocolTitle } from '../protocols/read-protocol.ts';
import { protocolCaptions } from './captions.ts';
import { protocolFigures, protocolStudies } from './protocol-studies.ts';
import type { ReportDocument, ReportSection } from './report-document.ts';
import { organisedAfter } from './report-document.ts';
import { asRate, bounded, confidenceWords, fnmrMeasured, inPercent, measured, measuredShortly, percentWords, plainly, rateWords, shown, thresholdWords, unsupportedBy } from './report-words.ts';

/** Of the images that gave no template. */
const mostFailures = 20;

/** A run of a protocol as a report, in the order of ISO/IEC 19795-1: what, on whom, how, what failed, what came of it, its limits. */
export function protocolDocument(report: Omit<ProtocolReport, 'files'>, charts: readonly string[]): ReportDocument {
  const { manifest, figures, failures, seenInTraining, createdAt } = report;
  const { model, source } = manifest;
  const suspects = suspectedCopiesWords(report.suspectedCopies ?? []);
  return {
    title: `${model.name}: ${protocolTitle(source)}`,
    subtitle: `${new Date(createdAt).toISOString().slice(0, 10)}. ${organisedAfter}`,
    sections: [
      { title: 'System under test', lines: [`Model ${model.name}, weights ${model.weightsHash}. Cosine similarity of its embeddings; a match when score >= threshold.`, ...(report.foreignTraining ? [trainedByOthers(model.name, report.foreignTraining)] : [])] },
      { title: 'Test population and data', lines: [
        `Images: ${source.images}, hash ${manifest.imagesHash}.`, `${figures.subjectCount ?? 'Unknown'} subjects.`,
        ...(seenInTraining.length === 0 ? [] : [`The model was trained on images of ${seenInTraining.length} of these subjects (${shown(seenInTraining)}): the figures flatter.`]),
        ...(suspects === null ? [] : [suspects]),
      ] },
      { title: 'Protocol', lines: [
        `${protocolTitle(source)}: ${figures.rows.toLocaleString('en-GB')} comparisons prescribed, hash ${manifest.protocolHash}.`,
        `${figures.matedCount.toLocaleString('en-GB')} mated and ${figures.nonMatedCount.toLocaleString('en-GB')} non-mated comparisons are judged.`,
        ...('fusion' in source && !(source.kind === 'ridgebase' && source.task === 1) ? [`Several images on a side: ${source.fusion.replace('-', ' ')}.`] : []),
      ] },
      { title: 'Failures to acquire', lines: [failures.length === 0 ? 'None.' : `${failures.length} images gave no template; every comparison with one counts as a rejection.${failures.length > mostFailures ? ` The first ${mostFailures}:` : ''}`], ...(failures.length === 0 ? {} : { tables: [{ head: ['Image', 'Reason'], rows: failures.slice(0, mostFailures).map(({ path, reason }) => [path, reason]) }] }) },
      verification(report, charts),
      ...protocolStudies(report, charts),
      naive(report),
      { title: 'Limits', lines: (['fmr', 'fnmr'] as const).map((rate) => `${rate.toUpperCase()}: ${figures.limits[rate] === null ? 'none' : bounded(figures.limits[rate])}.`).concat(limitsAssume) },
      { title: 'To repeat it', lines: [`Likeness ${manifest.likeness}, Node ${manifest.node}, seed ${figures.plan.seed}, ${figures.plan.replicates} resamples. likeness reproduce manifest.json`] },
    ],
    captions: protocolCaptions(report, protocolFigures(report)),
  };
}

function verification({ figures, folds }: Omit<ProtocolReport, 'files'>, charts: readonly string[]): ReportSection {
  const { fnmrAtFmr } = figures;
  const points = 'error' in fnmrAtFmr ? [] : fnmrAtFmr.map(({ target, achieved, threshold, fnmr, support }) => (support === 'unsupported'
    ? [rateWords(target), '-', '-', '-', unsupportedBy(figures.nonMatedCount)]
    : [rateWords(target), rateWords(achieved), thresholdWords(threshold), measured(fnmr, inPercent(figures.matedCount)), support]));
  return {
    title: 'Verification',
    lines: [figures.confidence === null ? `No intervals: fewer than ${fewestSubjects} subjects, or none wanted.` : `In brackets: ${confidenceWords(figures.confidence)} intervals, bootstrap over subjects (BCa).`, 'FNMR at FMR: at the smallest threshold whose FMR is at most the target.'],
    tables: [
      { head: ['Figure', 'Value'], rows: [...figuresOf(figures), ...(folds === null ? [] : [[`Accuracy over ${folds.folds} folds`, `${percentWords(folds.accuracy, figures.matedCount)}, standard error ${percentWords(folds.standardError, figures.matedCount)}`]])] },
      { head: ['FMR wanted', 'FMR achieved', 'Threshold', 'FNMR', 'Support'], rows: points },
    ],
    charts: charts.filter((file) => ['roc.svg', 'det.svg', 'histogram.svg'].includes(file)),
  };
}

function figuresOf(figures: ScoreFileReport): string[][] {
  const counts = { mated: figures.matedCount, nonMated: figures.nonMatedCount };
  return [
    ['EER', measured(figures.eer, inPercent(counts.mated))], ['AUC', measured(figures.auc, plainly())], ["d'", measured(figures.dPrime, plainly())],
    ...([['FMR100', 'fmr100', 1 / 100], ['FMR1000', 'fmr1000', 1 / 1000], ['FMR10000', 'fmr10000', 1 / 10_000]] as const).map(([name, key, target]) => [`${name} (an FNMR)`, fnmrMeasured(figures[key], target, counts)]),
    ['ZeroFMR (an FNMR)', measured(figures.zeroFmr, inPercent(counts.mated))], ['ZeroFNMR (an FMR)', measured(figures.zeroFnmr, asRate)],
    ['Minimum cost', measured(figures.minimumCost, plainly())], ['Minimum Cllr, bits', measured(figures.minimumCllr, plainly())],
  ];
}

function naive({ figures: { guards, naive: flattered, eer, matedCount }, folds }: Omit<ProtocolReport, 'files'>): ReportSection {
  return { title: 'What a naive script would report', lines: flattered === null && folds === null ? ['The same: no comparison had to be left out.'] : [
    ...guards.map(({ reason, count, examples }) => `${count} left out, ${reason}: ${examples.join('; ')}.`),
    ...(flattered === null ? [] : [`With them the EER would be ${measuredShortly(flattered.eer, inPercent(matedCount))} instead of ${measuredShortly(eer, inPercent(matedCount))}.`]),
    ...(folds === null ? [] : [`With a threshold chosen on the very comparisons it is judged on, the accuracy would be ${percentWords(folds.naive, matedCount)} instead of ${percentWords(folds.accuracy, matedCount)}.`]),
  ] };
}
