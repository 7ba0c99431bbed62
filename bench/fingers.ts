import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { photoToInspect } from '../src/engine/face/inspection-step.ts';
import { findFingers } from '../src/engine/finger/find-fingers.ts';
import { equalErrorRate } from '../src/evaluation/equal-error-rate.ts';
import { operatingPoints } from '../src/evaluation/error-rates.ts';
import { fnmrAtFmr } from '../src/evaluation/fnmr-at-fmr.ts';
import { sortScores } from '../src/evaluation/score-set.ts';
import { compareBySourceAfis } from './fingers/source-afis.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// What our pictures of ridges are worth: SourceAFIS on the photos as they are, and on what the pipeline makes of them.
// npm run bench -- fingers MANIFEST.csv, with the columns path, label (or subject) and sample.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a manifest of single fingers: npm run bench -- fingers MANIFEST.csv');
const manifest = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-fingers-'));

interface Row {
  path: string;
  finger: string;
  sensor: 'contact' | 'contactless';
}

try {
  // Four-finger photos have no label of one finger.
  const rows = (parse(readFileSync(manifest), { columns: true, bom: true }) as Record<string, string>[])
    .filter((row) => !row['path']!.startsWith('four-fingers/'))
    .map((row): Row => ({ path: join(dirname(manifest), row['path']!), finger: (row['label'] ?? row['subject'])!, sensor: /^contact( |$)/.test(row['sample'] ?? '') ? 'contact' : 'contactless' }));
  const pictures: { raw: string; print: string }[] = [];
  for (const [index, { path }] of rows.entries()) pictures.push(await prepare(path, index));
  const sides = { 'as they are': compareBySourceAfis(pictures.map(({ raw }) => raw), folder), 'our prints': compareBySourceAfis(pictures.map(({ print }) => print), folder) };
  console.log(`${rows.length} pictures of ${new Set(rows.map(({ finger }) => finger)).size} fingers. ${whereAndWhen()}\n`);
  console.log('| Comparison | SourceAFIS on | Mated, non-mated | EER | FNMR at FMR 1e-2 |\n|---|---|--:|--:|--:|');
  for (const sensors of ['contactless contactless', 'contact contactless', 'contact contact']) {
    for (const [title, scores] of Object.entries(sides)) console.log(figures({ rows, scores, sensors, title }));
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** A picture of which nothing is found is white: SourceAFIS finds nothing in it, and it counts against us. */
async function prepare(path: string, index: number): Promise<{ raw: string; print: string }> {
  const photo = await photoToInspect({ kind: 'file', path });
  const [raw, print] = [join(folder, `${index}-raw.png`), join(folder, `${index}-print.png`)];
  await sharp(photo.pixels, { raw: { width: photo.width, height: photo.height, channels: 3 } }).greyscale().png().toFile(raw);
  const [largest] = findFingers(photo).tips.sort((one, other) => other.width - one.width);
  if (largest === undefined) console.error(`bench: no finger in ${path}`);
  const { width, height, data } = largest?.print ?? { width: 300, height: 300, data: new Float32Array(90_000).fill(255) };
  await sharp(Uint8Array.from(data, Math.round), { raw: { width, height, channels: 1 } }).png().toFile(print);
  return { raw, print };
}

/** Each pair once, a picture never with itself. */
function figures({ rows, scores, sensors, title }: { rows: readonly Row[]; scores: readonly number[][]; sensors: string; title: string }): string {
  const [mated, nonMated]: [number[], number[]] = [[], []];
  for (const [first, one] of rows.entries()) {
    for (const [second, other] of rows.entries()) {
      if (second <= first || [one.sensor, other.sensor].sort().join(' ') !== sensors) continue;
      (one.finger === other.finger ? mated : nonMated).push(scores[first]![second]!);
    }
  }
  const label = `| ${sensors.replace(' ', ', ')} | ${title} | ${mated.length}, ${nonMated.length} |`;
  if (mated.length === 0 || nonMated.length === 0) return `${label} - | - |`;
  const points = operatingPoints(sortScores({ mated: Float64Array.from(mated), nonMated: Float64Array.from(nonMated) }));
  return `${label} ${percent(equalErrorRate(points).rate)} | ${percent(fnmrAtFmr(points, 1e-2).fnmr)} |`;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}
