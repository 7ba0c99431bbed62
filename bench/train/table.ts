import { describeCircumstances, ourVersions, spreadOf } from '../shared/beside-torch.ts';
import type { Circumstances } from '../shared/beside-torch.ts';
import { ROUNDS } from './measure.ts';
import type { Result } from './measure.ts';
import type { Versions } from './peer.ts';

const whole = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));

export function toTable(results: readonly Result[]): string {
  const rows = results.map(({ title, parameters, ours, theirs, ratio, rounds }) =>
    `| ${[title, parameters.toLocaleString('en-GB'), whole(ours), whole(theirs.NCHW), whole(theirs.channels_last), `**${ratio.toFixed(2)}**`, spreadOf(rounds)].join(' | ')} |`);
  return [
    '| Network and input | Parameters, both sides | Ours, images/s | PyTorch NCHW | PyTorch channels_last | Ours / better PyTorch | Over the rounds |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
  ].join('\n');
}

/** The section of docs/benchmarks.md. */
export function toSection(results: readonly Result[], { versions, circumstances }: { versions: Versions; circumstances: Circumstances }): string {
  return `## Training against PyTorch

\`npm run bench -- train\`: the training step of the app and the same network in PyTorch, in one run, on the processor.

${toTable(results)}

- **Where and when**: ${describeCircumstances(circumstances)}.
- **Versions**: ${ourVersions()}; PyTorch ${versions.torch}, Python ${versions.python}.
- **What is timed**: forward, Multi-Similarity loss with its mining, backward and Adam, float32, batch 32, on random images that are in memory already; decoding and augmentation are left out on both sides. Median of ${ROUNDS} rounds of ${rangeOf(results)} steps after a warm-up; the sides take turns.
- **PyTorch's side** (\`bench/train/peer.py\`): eager mode, oneDNN, two processes, with \`OMP_WAIT_POLICY\` unset and PASSIVE, of which the faster counts, \`Adam(fused=True)\`, in-place ReLU, both memory layouts. Our side runs with the memory settings of an engine (\`src/workflows/engine-memory.ts\`), PyTorch as it comes. The layers are ours one by one: convolutions without bias, batch normalisation, ReLU (residual networks) or PReLU (MobileFaceNet), shortcuts by 1 x 1 convolutions, one linear layer. The numbers of parameters are equal, and so are value and gradient of the loss on the same embeddings: the run ends when they are not. Strided windows are padded on both sides there and on the far side here; all sizes are equal.`;
}

function rangeOf(results: readonly Result[]): string {
  const steps = results.map((result) => result.steps);
  const [least, most] = [Math.min(...steps), Math.max(...steps)];
  return least === most ? `${least}` : `${least} to ${most}`;
}
