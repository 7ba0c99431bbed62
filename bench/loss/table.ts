import { describeCircumstances, ourVersions, spreadOf } from '../shared/beside-torch.ts';
import type { Circumstances } from '../shared/beside-torch.ts';
import { CLASSES, ROWS, WIDTH } from './cases.ts';
import { ROUNDS } from './measure.ts';
import type { Result } from './measure.ts';
import type { Versions } from './peer.ts';

const milliseconds = (value: number | null): string => (value === null ? '–' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));

export function toTable(results: readonly Result[]): string {
  const rows = results.map(({ name, ours, plain, library, ratio, rounds, disagreement }) =>
    `| ${[name, milliseconds(ours), milliseconds(plain), milliseconds(library), `**${ratio.toFixed(2)}**`, spreadOf(rounds), disagreement.toExponential(0)].join(' | ')} |`);
  return [
    '| Loss | Ours, ms | Plain PyTorch, ms | pytorch-metric-learning, ms | Faster PyTorch / ours | Over the rounds | Disagreement |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

/** The section of docs/benchmarks.md. */
export function toSection(results: readonly Result[], { versions, circumstances }: { versions: Versions; circumstances: Circumstances }): string {
  return `## Losses against PyTorch

\`npm run bench -- loss\`: forward and backward of each loss at B = ${ROWS}, d = ${WIDTH}, ${CLASSES.toLocaleString('en-GB')} classes, in one run, on the processor.

${toTable(results)}

- **Where and when**: ${describeCircumstances(circumstances)}.
- **Versions**: ${ourVersions()}; PyTorch ${versions.torch}, pytorch-metric-learning ${versions.library}, Python ${versions.python}.
- **What is timed**: from raw embeddings and raw proxies to the value and the gradients of both, float32, with the default options of the catalogue; 64 of the classes with 4 rows each (N-pair: 128 with 2). Ours includes the diagnostics that the Train screen shows. Median over ${ROUNDS} rounds of the median of a round; the sides take turns.
- **PyTorch's side**: eager mode, float32 autograd, two processes, with OMP_WAIT_POLICY unset and PASSIVE, of which the faster counts (ACTIVE keeps its threads spinning through our turns). *Plain* (\`bench/loss/plain.py\`) is vectorised and written for speed by us: no arrays of B x B x B, ProxyGML's regulariser by class sums as ours. *pytorch-metric-learning* (\`bench/loss/library.py\`) is that library's own loss where it is the same function; our ProxyNCA leaves the own proxy out of the denominator, so its ProxyNCALoss stands beside our ProxyNCA++. The ratio is against the faster of the two.
- **Disagreement**: the largest relative difference of value and gradients from either; the run ends above 2e-3.`;
}
