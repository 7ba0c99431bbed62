import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { discardTable } from './faces/discard.ts';
import { compareFaces, FIGURES, intervalsOf, percent, withLimits } from './faces/figures.ts';
import { photosOf, picturesBelow } from './faces/photos.ts';
import { largestFaces, seeSet } from './faces/see-set.ts';
import type { SeenSet } from './faces/see-set.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// The face pipeline and its embedder on sets of photos, a folder per person or a MANIFEST.csv: npm run bench -- faces [FOLDER...]
// Without folders the sets below, in ../shared/data or in --data FOLDER, and the result is written to docs/benchmarks.md.
const { values: { data: dataFolder }, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string', default: join(import.meta.dirname, '../../shared/data') } } });
const asGiven = (folder: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
const data = asGiven(dataFolder);
const SETS = ['lfw-view1', 'celebrity-photos', 'orl', 'faces94'];
/** On whose other half the limits of quality were chosen. */
const JUDGED = 'celebrity-photos';
/** Pictures of anything but faces, and how many of them are looked at: evenly spread. */
const WITHOUT_FACES = { 'ridgebase': 100, 'fvc2000-db1-b': 80, 'omniglot': 100 };

const given = positionals.map(asGiven);
const folders = given.length > 0 ? given : SETS.map((name) => join(data, name)).filter((folder) => existsSync(folder));
if (folders.length === 0) throw new Error('Name one or more folders that hold a folder of photos for each person.');
const rows: string[] = [];
let discarded: string | null = null;
for (const folder of folders) {
  const seen = await seeSet(photosOf(folder));
  rows.push(row(basename(folder), seen));
  console.error(`bench: ${rows.at(-1)} (${(seen.photos / seen.secondsTaken).toFixed(1)} photos/s)`);
  if (basename(folder) === JUDGED) discarded = discardTable(seen.faces);
}
const section = [
  '## Faces: found, compared, judged\n',
  '`npm run bench -- faces`: people with two photos or more; the largest face of each photo; all pairs by the embedder as it is fetched, with mirror images. 95 % intervals by bootstrap over people.\n',
  '| Photos | People | Found and aligned | Several faces | Mated, non-mated | EER | FNMR at FMR 1e-2 | at FMR 1e-3 |\n|---|--:|--:|--:|--:|--:|--:|--:|',
  rows.join('\n'),
  `\nPhotos in which no face is found are left out of the comparisons and counted under "found". The people of \`lfw-view1\` and \`celebrity-photos\` are celebrities, who may be among the training data of the networks: their figures are optimistic, and none is evidence about other people.`,
  ...(discarded === null ? [] : [`\n**Quality against errors** on \`${JUDGED}\`, the half of its people on whom no limit was chosen, at the threshold for FMR 1e-3 of the other half:\n`, discarded]),
  ...(given.length > 0 ? [] : [`\n**No faces**: ${(await falseDetections()).join('; ')}.`]),
  `\n- **Where and when**: ${whereAndWhen()}.`,
].join('\n');
console.log(section);
if (given.length === 0) console.log(`Written to ${writeSection('faces', section)}`);

function row(name: string, { photos, people, faces, several }: SeenSet): string {
  const scores = compareFaces(faces);
  const intervals = intervalsOf(scores);
  return `| ${[`\`${name}\`: ${photos}`, people, percent(faces.length / photos), several, `${scores.mated.length}, ${scores.nonMated.length}`, ...Object.keys(FIGURES).map((figure) => withLimits(intervals[figure as keyof typeof FIGURES]))].join(' | ')} |`;
}

/** In how many pictures without a face one is found. */
async function falseDetections(): Promise<string[]> {
  const told: string[] = [];
  for (const [name, most] of Object.entries(WITHOUT_FACES)) {
    const all = picturesBelow(join(data, name));
    const pictures = Array.from({ length: Math.min(most, all.length) }, (_, index) => join(data, name, all[Math.floor((index * all.length) / Math.min(most, all.length))]!));
    let [found, at] = [0, 0];
    for await (const seen of largestFaces(pictures)) {
      const path = pictures[at++]!;
      if ('reason' in seen) continue;
      found++;
      console.error(`bench: a face was seen in ${path}`);
    }
    told.push(`a face is seen in ${found} of ${pictures.length} pictures of \`${name}\``);
  }
  return told;
}
