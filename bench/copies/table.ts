import { relative } from 'node:path';
import type { SuspectedCopy } from '../../src/contract/suspected-copies.ts';
import { whereAndWhen } from '../shared/where-and-when.ts';
import type { JudgedSet } from './judge-set.ts';
import { CHANGES } from './plant.ts';
import type { Scale } from './scale.ts';
import { IMAGES } from './scale.ts';

/** Pairs of these sets that were looked at and do show the same photo, as "later of earlier" below the folder of the data. */
const SAME_PHOTO: ReadonlySet<string> = new Set([
  'lfw-view1/Andrew_Gilligan/Andrew_Gilligan_0001.jpg of lfw-view1/Andrew_Caldecott/Andrew_Caldecott_0001.jpg',
]);

const pairOf = ({ path, of }: SuspectedCopy, data: string): string => `${relative(data, path)} of ${relative(data, of)}`;

export function setRow({ set, images, suspects, planted, found }: JudgedSet, data: string): string {
  const same = suspects.filter((one) => SAME_PHOTO.has(pairOf(one, data))).length;
  const perThousand = (1000 * (suspects.length - same)) / images;
  const shares = Object.keys(CHANGES).map((change) => `${((100 * found[change]!) / planted).toFixed(0)} %`);
  return `| ${[`\`${set.name}\`: ${set.what}`, set.isChosenOn ? 'chosen on' : 'judged', images, same, suspects.length - same, perThousand.toFixed(2), planted, ...shares].join(' | ')} |`;
}

export function toSection(judged: readonly JudgedSet[], { data, faces, frames }: { data: string; faces: Scale; frames: Scale }): string {
  const changes = Object.keys(CHANGES);
  const scale = ({ seconds, megabytes }: Scale): string => `${seconds.toFixed(1)} s of processor time and ${megabytes.toFixed(0)} MiB`;
  const named = judged.flatMap(({ suspects }) => suspects.map((one) => pairOf(one, data))).filter((pair) => SAME_PHOTO.has(pair));
  return `## Suspected copies

\`npm run bench -- copies\`: pictures of each set, those of equal pixels once, searched for copies as they are; and again with copies of up to 100 of them, changed in one way, among them. Found: named together with its original.

| Pictures | The cut was | Pictures | Named, the same photo | Named falsely | per 1,000 pictures | Copies of each kind | ${changes.join(' | ')} |
|---|---|--:|--:|--:|--:|--:|${changes.map(() => '--:').join('|')}|
${judged.map((one) => setRow(one, data)).join('\n')}

- **The same photo**, looked at: ${named.length === 0 ? 'none' : named.map((pair) => `\`${pair}\``).join(', ')}.
- **Not quite unseen**: distances between frames of all of \`faces94\` were looked at while the kind of descriptor was sought; cut and rule were then chosen on the one half. The other sets that are judged were not looked at before.
- **Not found** by design: cropped copies. A cut that finds them takes the poses of one face for copies of each other. Of frames of one recording only copies that are far nearer than other frames, or hardly changed, are named; prints on white saturate where they are brightened.
- **Scale**: ${IMAGES.toLocaleString('en-GB')} pictures, each the mean of two faces: ${scale(faces)}. The worst there is, ${IMAGES.toLocaleString('en-GB')} frames of one scene under 2,000 names: ${scale(frames)}.
- **Where and when**: ${whereAndWhen()}.`;
}
