import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { ScoreFileReport } from '../../contract/requests/score-files.ts';
import type { Register } from '../command.ts';
import { addCommand, wholeNumber } from '../command.ts';
import { count, percent, smallRate } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import { facts, table } from '../table.ts';

type Metric = ScoreFileReport['eer'];

const form = `
The file: a CSV with the columns score (higher is more alike; -inf is a failure to acquire) and mated (1 or 0), and, for
intervals, subject_a and subject_b (empty: the same as subject_a). With sample_a and sample_b (and split) too, comparisons
of a sample with itself, repeated ones and those of an identity of another split are left out and named, and what all rows
would have given stands beside. Any other columns are let be.
A comparison is a match when score >= threshold. EER: linear interpolation between the two adjoining operating points.
FNMR at FMR: at the smallest threshold whose FMR <= target; the achieved FMR stands beside it. d': sample variances.
With --json every figure is a number, {"value", "low", "high"} where subjects are known, or {"error": {"code", "message"}}
where it does not exist for these scores. Intervals: percentiles of a bootstrap over subjects.`;

interface ScoreMetricsOptions {
  fmr?: number[];
  replicates: number;
  seed: number;
}

export const registerScoreMetrics: Register = (program, perform) => {
  addCommand(program, 'score-metrics <file>', 'Compute EER, AUC, FNMR at FMR and more of a CSV of comparison scores')
    .option('--fmr <rates>', 'false match rates at which the FNMR is wanted (else 0.1,0.01,0.001,0.0001)', readRates)
    .option('--replicates <number>', 'resamples of the subjects for the intervals, 0 for none', wholeNumber(0, 100_000), 1000)
    .option('--seed <number>', 'of the resamples', wholeNumber(0, 2 ** 32 - 1), 1)
    .addHelpText('after', form)
    .action((file: string, { fmr, replicates, seed }: ScoreMetricsOptions, command) =>
      perform(command, async (session) => {
        const plan = { replicates, seed, ...(fmr === undefined ? {} : { targets: fmr }) };
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

/** The figures of a score file, for people. */
export function describeScores(report: ScoreFileReport): string {
  const { matedCount, nonMatedCount, failures, subjectCount, confidence, plan } = report;
  const failed = failures.mated + failures.nonMated;
  const head = `${count(matedCount, 'mated comparison')}, ${count(nonMatedCount, 'non-mated comparison')}${subjectCount === null ? '' : `, ${count(subjectCount, 'subject')}`}${failed === 0 ? '' : `; ${count(failed, 'failure')} to acquire, counted as errors`}`;
  const rates: [string, Metric][] = [
    ['EER', report.eer], ['FNMR at FMR 1/100', report.fmr100], ['FNMR at FMR 1/1000', report.fmr1000],
    ['FNMR at FMR 1/10000', report.fmr10000], ['ZeroFMR (an FNMR)', report.zeroFmr], ['ZeroFNMR (an FMR)', report.zeroFnmr],
  ];
  const plain: [string, Metric][] = [
    ['AUC', report.auc], ["d'", report.dPrime], ['Minimum cost', report.minimumCost], ['Minimum Cllr, bits', report.minimumCllr],
  ];
  return [
    head, '',
    facts([...rates.map(([name, metric]): [string, string] => [name, written(metric, percent)]), ...plain.map(([name, metric]): [string, string] => [name, written(metric, (value) => value.toFixed(4))])]),
    '', operatingPoints(report), '', ...leftOut(report),
    confidence === null ? 'No intervals: the file names no subjects, or none were wanted.' : `In brackets: ${percent(confidence)} intervals, ${count(plan.replicates, 'resample')} of the subjects.`,
  ].join('\n');
}

function operatingPoints({ fnmrAtFmr }: ScoreFileReport): string {
  if ('error' in fnmrAtFmr) return `FNMR at FMR: none. ${fnmrAtFmr.error.message}`;
  const rows = fnmrAtFmr.map(({ target, achieved, threshold, fnmr, support }) =>
    [smallRate(target), smallRate(achieved), threshold.toPrecision(6), written(fnmr, percent), support]);
  return table(['FMR wanted', 'FMR achieved', 'Threshold', 'FNMR', 'Support'], rows);
}

function written(metric: Metric, write: (value: number) => string): string {
  if (typeof metric === 'number') return write(metric);
  if ('error' in metric) return `none: ${metric.error.message}`;
  return `${write(metric.value)} (${write(metric.low)} to ${write(metric.high)})`;
}

/** What does not count, and how much better it would have looked. */
function leftOut({ guards, naive, eer }: Pick<ScoreFileReport, 'guards' | 'naive' | 'eer'>): string[] {
  if (naive === null) return [];
  const reasons = guards.map(({ reason, count: found, examples }) => `  ${count(found, reason.replace('-', ' '))}: ${examples.join('; ')}${found > examples.length ? '; ...' : ''}`);
  return ['Left out, because they flatter:', ...reasons, `With them a naive script would report an EER of ${written(naive.eer, percent)} instead of ${written(eer, percent)}.`, ''];
}
