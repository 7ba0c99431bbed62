import { loadavg } from 'node:os';
import type { Sizes } from './cases.ts';
import type { Outcome } from './outcome.ts';
import type { Result } from './run-sides.ts';
import { total } from './run-sides.ts';
import { whereAndWhen } from '../shared/where-and-when.ts';

const steps = (side: Outcome): string =>
  `${total(side).toFixed(1)}${Object.keys(side.seconds).length < 2 ? '' : ` (${Object.entries(side.seconds).map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ')})`}`;
const memory = ({ peakMb, inputMb }: Outcome): string => `${peakMb.toFixed(0)} (${inputMb.toFixed(0)} before)`;

export function toTable(results: readonly Result[]): string {
  const rows = results.map(({ title, ours, theirs, ratio, disagreement }) =>
    `| ${[title, steps(ours), steps(theirs), `**${ratio.toFixed(1)}**`, memory(ours), memory(theirs), disagreement.toExponential(0)].join(' | ')} |`);
  return [
    '| Work | Ours, s | NumPy and scikit-learn, s | Theirs / ours | Our peak memory, MB | Theirs, MB | Disagreement |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

export interface Circumstances {
  readonly sizes: Sizes;
  readonly loadBefore: number;
  readonly seconds: number;
}

/** The section of docs/benchmarks.md. */
export function toSection(results: readonly Result[], { sizes, loadBefore, seconds }: Circumstances): string {
  const { theirs } = results[0]!;
  const limits = ['eerLow', 'eerHigh', 'aucLow', 'aucHigh'];
  const interval = (side: Outcome): string => limits.map((name) => side.figures[name]!.toFixed(5)).join(', ');
  return `## Evaluation against NumPy and scikit-learn

\`npm run bench -- evaluate\`: the figures of ${sizes.scores.toLocaleString('en-GB')} scores with ${sizes.replicates.toLocaleString('en-GB')} resamples of ${sizes.subjects.toLocaleString('en-GB')} subjects, and of all pairs of ${sizes.templates.toLocaleString('en-GB')} templates of ${sizes.dimension} numbers, in one run, on the processor.

${toTable(results)}

- **Where and when**: ${whereAndWhen()}; load average ${loadBefore.toFixed(2)} before, ${loadavg()[0]!.toFixed(2)} after; the run took ${Math.round(seconds)} s.
- **Versions**: Node ${process.versions.node}; ${Object.entries(theirs.versions).map(([name, version]) => `${name} ${version}`).join(', ')}.
- **What is timed**: from numbers in memory to figures, each side in a process of its own, one after the other; reading the files is left out, sorting is not. Memory is the largest resident size of the process, beside what was resident before the first figure.
- **Ours**: \`scoreMetrics\` (EER, AUC, d', FNMR at FMR, ZeroFMR, costs, Cllr, minimum Cllr) in one thread; resamples with the EER, AUC, d' and the FNMR at seven targets, each with the mated scores alone besides, and 100 more passes for the noise of pairs. All pairs by TensorFlow's matrix product in tiles, two walks, no matrix and no list of scores.
- **Theirs** (\`bench/evaluate/peer.py\`): \`roc_curve\`, \`roc_auc_score\` and NumPy; no costs, no Cllr. The bootstrap is vectorised by us: subjects weighted, scores sorted once, cumulative sums for each resample; the FNMR at four targets. ${theirs.timedReplicates! < sizes.replicates ? `Only ${theirs.timedReplicates} of their ${sizes.replicates.toLocaleString('en-GB')} resamples were run: the seconds of their bootstrap are its preparation and ${sizes.replicates.toLocaleString('en-GB')} times the mean of those, and their limits below are of ${theirs.timedReplicates} resamples. Ours were all run.` : ''} All pairs by a matrix product in blocks of 1,024 rows and \`roc_curve\` over all scores; recall@k by counting non-mates in front of the best mate.
- **Disagreement**: the largest difference of a figure; the run ends above 1e-9 (scores) and 1e-5 (pairs, float32). The limits of the intervals rest on different random numbers: EER and AUC from and to ${interval(results[0]!.ours)} (ours), ${interval(theirs)} (theirs).`;
}
