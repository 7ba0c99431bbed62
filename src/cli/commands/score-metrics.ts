import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import { fewestSubjects } from '../../contract/vocabulary.ts';
import type { Writer } from '../../workflows/report/report-words.ts';
import { asRate, confidenceWords, fnmrMeasured, inPercent, measured, measuredShortly, plainly, rateWords, thresholdWords } from '../../workflows/report/report-words.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { count } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import { facts, table } from '../table.ts';
import { describeDevelopment, describeStudies } from './score-studies.ts';

type Metric = ScoreFileReport['eer'];

/** Of a finding of the guard. */
const mostExamples = 5;

const form = `
The file: a CSV with the columns score (higher is more alike; -inf is a failure to acquire) and mated (1 or 0), and, for
intervals, subject_a and subject_b (empty: the same as subject_a). With sample_a and sample_b (and split) too, comparisons
of a sample with itself, repeated ones and those of an identity of another split are left out and named, and what all rows
would have given stands beside. Rows whose split is dev, development or validation are not judged: thresholds and
calibrations are chosen on them, and their errors read on the others. Any other columns are let be.
A comparison is a match when score >= threshold. EER: linear interpolation between the two adjoining operating points.
FNMR at FMR: at the smallest threshold whose FMR <= target; the achieved FMR stands beside it. d': sample variances.
With --json every figure is a number, {"value", "low", "high"} where subjects are known, or {"error": {"code", "message"}}
where it does not exist for these scores. Intervals: a bootstrap over subjects, corrected for bias and skewness (BCa).
--study identification: sample_b is searched for among the subjects of subject_a. --study zoo: subject_a, subject_b.
--study discard: quality_a and quality_b. --slice place: the column place, or place_a and place_b.
--cohort: a CSV of sample and score, how each sample scores against a cohort of other people (Z-, T- and S-norm).`;

interface ScoreMetricsOptions {
  fmr?: number[];
  replicates: number;
  seed: number;
  study?: ScoreFileReport['plan']['studies'];
  slice?: string;
  threshold?: number;
  cohort?: string;
}

export const registerScoreMetrics: Register = (program, perform) => {
  addCommand(program, 'score-metrics <file>', 'Compute EER, AUC, FNMR at FMR and more of a CSV of comparison scores')
    .option('--fmr <rates>', 'false match rates at which the FNMR is wanted (else 0.1,0.01,0.001,0.0001)', readRates)
    .option('--replicates <number>', 'resamples of the subjects for the intervals, 0 for none', wholeNumber(0, 100_000), 1000)
    .option('--seed <number>', 'of the resamples', wholeNumber(0, 2 ** 32 - 1), 1)
    .addOption(new Option('--study <name...>', 'more to look at').choices(['identification', 'zoo', 'discard']))
    .option('--slice <column>', 'error rates of the groups of a column, at one threshold')
    .option('--threshold <score>', 'of slices and discarding (else the one chosen on the development split, else that for an FMR of 1/100)', readScore)
    .option('--cohort <file>', 'a CSV of sample and score, for normalised scores beside the raw ones')
    .addHelpText('after', form)
    .action((file: string, { fmr, replicates, seed, study, slice, threshold, cohort }: ScoreMetricsOptions, command) =>
      perform(command, async (session) => {
        const plan = {
          replicates, seed, studies: study, slice, threshold, cohort: cohort === undefined ? undefined : resolve(session.cwd, cohort),
          ...(fmr === undefined ? {} : { targets: fmr }),
        };
        const { jobId } = await session.ask('scores.measure', { path: resolve(session.cwd, file), plan });
        await followJob(session, jobId);
        const report = await session.ask('scores.get', { jobId });
        return { json: report, text: describeScores(report) };
      }));
};

function readRates(text: string): number[] {
  const rates = text.split(',').map(Number);
  if (rates.every((rate) => rate >= 0 && rate <= 1)) return rates;
  throw new InvalidArgumentError('Write rates from 0 to 1, such as 1e-2,1e-3.');
}

function readScore(text: string): number {
  const score = Number(text);
  if (text.trim() !== '' && Number.isFinite(score)) return score;
  throw new InvalidArgumentError('Write a score, such as 0.35.');
}

/** The figures of a score file, for people. */
export function describeScores(report: ScoreFileReport): string {
  const { matedCount, nonMatedCount, failures, subjectCount, confidence, plan } = report;
  const failed = failures.mated + failures.nonMated;
  const head = `${count(matedCount, 'mated comparison')}, ${count(nonMatedCount, 'non-mated comparison')}${subjectCount === null ? '' : `, ${count(subjectCount, 'subject')}`}${failed === 0 ? '' : `; ${count(failed, 'comparison')} with a failure to acquire, counted as ${failed === 1 ? 'a rejection' : 'rejections'}`}`;
  const percent = inPercent(matedCount);
  const figures = (named: [string, Metric, Writer][]): [string, string][] => named.map(([name, metric, write]) => [name, measured(metric, write)]);
  return [
    head, '',
    facts([
      ...figures([['EER', report.eer, percent], ['ZeroFMR (an FNMR)', report.zeroFmr, percent], ['ZeroFNMR (an FMR)', report.zeroFnmr, asRate]]), ...fixedRates(report),
      ...figures([['AUC', report.auc, plainly()], ["d'", report.dPrime, plainly()], ['Minimum cost', report.minimumCost, plainly()], ['Minimum Cllr, bits', report.minimumCllr, plainly()]]),
    ]),
    '', operatingPoints(report), '', ...leftOut(report), ...describeDevelopment(report), ...describeStudies(report),
    ...upsideDown(report),
    confidence === null ? whyNoIntervals(report) : `In brackets: ${confidenceWords(confidence)} intervals, ${count(plan.replicates, 'resample')} of the subjects.`,
  ].join('\n');
}

function whyNoIntervals({ subjectCount, plan, matedCount, nonMatedCount }: ScoreFileReport): string {
  if (subjectCount === null) return 'No intervals: the file names no subjects (subject_a, subject_b).';
  if (plan.replicates === 0) return 'No intervals: none were wanted.';
  if (matedCount === 0 || nonMatedCount === 0) return 'No intervals: with one kind of score there is no figure to have one.';
  return `No intervals: they come from resampling the subjects; ${count(subjectCount, 'subject')} cannot give one, ${fewestSubjects} or more can.`;
}

/** Errors that grow with likeness are those of distances. */
function upsideDown({ auc }: Pick<ScoreFileReport, 'auc'>): string[] {
  const area = typeof auc === 'number' ? auc : 'error' in auc ? 0.5 : auc.value;
  return area < 0.5 ? ['Mated scores are mostly lower than non-mated ones (AUC below 0.5). If these are distances, turn their signs: a higher score means more alike.', ''] : [];
}

/** FNMRs at the FMRs of FVC; below 1/N there is none to give. */
function fixedRates({ fmr100, fmr1000, fmr10000, matedCount: mated, nonMatedCount: nonMated }: ScoreFileReport): [string, string][] {
  const rates: [number, Metric][] = [[100, fmr100], [1000, fmr1000], [10_000, fmr10000]];
  return rates.map(([one, metric]) => [`FMR${one} (an FNMR)`, fnmrMeasured(metric, 1 / one, { mated, nonMated })]);
}

function operatingPoints({ fnmrAtFmr, matedCount }: ScoreFileReport): string {
  if ('error' in fnmrAtFmr) return `FNMR at FMR: none. ${fnmrAtFmr.error.message}`;
  const rows = fnmrAtFmr.map(({ target, achieved, threshold, fnmr, support }) =>
    [rateWords(target), rateWords(achieved), thresholdWords(threshold), measured(fnmr, inPercent(matedCount)), support]);
  return table(['FMR wanted', 'FMR achieved', 'Threshold', 'FNMR', 'Support'], rows);
}

/** What does not count, and how much better it would have looked. */
function leftOut({ guards, naive, eer, matedCount }: Pick<ScoreFileReport, 'guards' | 'naive' | 'eer' | 'matedCount'>): string[] {
  if (naive === null) return [];
  const reasons = guards.map(({ reason, count: found, examples }) => `  ${reason.replace('-', ' ')} (${count(found, 'comparison')}): ${examples.join('; ')}${examples.length === mostExamples ? '; ...' : ''}`);
  return ['Left out:', ...reasons, `With them a naive script would report an EER of ${measuredShortly(naive.eer, inPercent(matedCount))} instead of ${measuredShortly(eer, inPercent(matedCount))}.`, ''];
}
