import { basename } from 'node:path';
import { picturesPerCall } from '../../src/workflows/write-embeddings.ts';
import { describeCircumstances, ourVersions, spreadOf } from '../shared/beside-torch.ts';
import type { Circumstances } from '../shared/beside-torch.ts';
import { median } from '../shared/median.ts';
import { BATCHES } from './peer.ts';
import type { Batch } from './peer.ts';

/** Cosines of the two sides' embeddings, and in how many photos one side found a face and the other none. */
export interface Agreement {
  cosines: number[];
  differ: number;
}

export interface Result {
  folder: string;
  photos: number;
  /** Photos a second, round by round. */
  rates: { ours: number[]; theirs: Record<Batch, number[]> };
  agreement: Agreement;
  version: string;
}

export function toSection({ folder, photos, rates, agreement, version }: Result, circumstances: Circumstances): string {
  const best = BATCHES.reduce((fastest, batch) => (median(rates.theirs[batch]) > median(rates.theirs[fastest]) ? batch : fastest));
  const ratios = rates.ours.map((rate, round) => rate / rates.theirs[best][round]!);
  const row = (title: string, values: readonly number[]): string => `| ${title} | ${median(values).toFixed(1)} | ${spreadOf(values)} |`;
  return `## From a photo to its embedding

\`npm run bench -- embed\`: ${photos} JPEG photos of \`${basename(folder)}\`, from files to the embeddings of the largest faces, by us and by a Python program in turn.

| | Photos a second | Lowest to highest of ${rates.ours.length} rounds |
|---|--:|--:|
${row('ours', rates.ours)}
${BATCHES.map((batch) => row(`Python, ${batch === 1 ? 'one photo at a time' : `${batch} photos at a time`}`, rates.theirs[batch])).join('\n')}
| **ratio to the faster** | **${median(ratios).toFixed(2)}** | ${spreadOf(ratios)} |

- **The peer** (\`bench/embed/peer.py\`) takes the same steps with the same networks, converted to ONNX by \`to_onnx.py\`: OpenCV reads (on two threads, ahead) and warps, onnxruntime computes. ${version}.
- **Both do the same**: the median cosine of the two embeddings of a photo is ${median(agreement.cosines).toFixed(4)}, the lowest ${Math.min(...agreement.cosines).toFixed(2)}; in ${agreement.differ} photos only one side found a face. They differ by how pictures are made smaller.
- **Our side** is the product's own entry, \`embed\` of \`src/engine/embed/embed.ts\` with the model "Pretrained faces", asked for ${picturesPerCall} photos at a time as \`likeness embed\` asks, in this process (the product's engine is another one). Nothing is cached. It also embeds the smaller faces of a photo and measures the quality of every face, which the peer does not.
- **Where and when**: ${describeCircumstances(circumstances)}. Ours: ${ourVersions()}.`;
}
