import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { photoToInspect } from '../src/engine/face/inspection-step.ts';
import { findFingers } from '../src/engine/finger/find-fingers.ts';
import { fingerQuality } from '../src/engine/finger/finger-quality.ts';
import { equalErrorRate } from '../src/evaluation/equal-error-rate.ts';
import { operatingPoints } from '../src/evaluation/error-rates.ts';
import { errorVersusDiscard } from '../src/evaluation/error-versus-discard.ts';
import { fnmrAtFmr } from '../src/evaluation/fnmr-at-fmr.ts';
import { sortScores } from '../src/evaluation/score-set.ts';
import { compareBySourceAfis } from './fingers/source-afis.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// What our pictures of ridges are worth: SourceAFIS on the photos as they are, and on what the pipeline makes of them.
// npm run bench -- fingers MANIFEST.csv, with the columns path, label (or subject) and sensor (or sample).
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name a manifest of single fingers: npm run bench -- fingers MANIFEST.csv');
const manifest = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-fingers-'));

interface Row {
  path: string;
  finger: string;
  sensor: 'contact' | 'contactless';
}

/** Files of a picture as it is and of our print, and our quality. */
interface Picture {
  raw: string;
  print: string;
  quality: number;
}

/** What SourceAFIS's author gives as its threshold for a false match rate of 1e-4; not chosen on these pictures. */
const THRESHOLD = 40;
const DISCARDED = [0, 0.1, 0.2, 0.3, 0.5];

try {
  // Four-finger photos have no label of one finger.
  const rows = (parse(readFileSync(manifest), { columns: true, bom: true }) as Record<string, string>[])
    .filter((row) => !row['path']!.startsWith('four-fingers/'))
    .map((row): Row => ({ path: join(dirname(manifest), row['path']!), finger: (row['label'] ?? row['subject'])!, sensor: /^contact( |$)/.test(row['sensor'] ?? row['sample'] ?? '') ? 'contact' : 'contactless' }));
  const pictures: Picture[] = [];
  for (const [index, { path }] of rows.entries()) pictures.push(await prepare(path, index));
  const sides = { 'as they are': compareBySourceAfis(pictures.map(({ raw }) => raw), folder), 'our prints': compareBySourceAfis(pictures.map(({ print }) => print), folder) };
  console.log(`${rows.length} pictures of ${new Set(rows.map(({ finger }) => finger)).size} fingers. ${whereAndWhen()}\n`);
  console.log('| Comparison | SourceAFIS on | Mated, non-mated | EER | FNMR at FMR 1e-2 |\n|---|---|--:|--:|--:|');
  for (const sensors of ['contactless contactless', 'contact contactless', 'contact contact']) {
    for (const [title, scores] of Object.entries(sides)) console.log(figures({ rows, scores, sensors, title }));
  }
  console.log(`\nError versus discard: FNMR of our prints at SourceAFIS's threshold ${THRESHOLD}, without the mated comparisons of lowest quality.\n`);
  console.log(`| Comparison | ${DISCARDED.map((share) => `${100 * share} %`).join(' | ')} |\n|---|${'--:|'.repeat(DISCARDED.length)}`);
  for (const sensors of ['contactless contactless', 'contact contactless']) console.log(discardLine({ rows, scores: sides['our prints'], sensors, pictures }));
} finally {
  rmSync(folder, { recursive: true });
}

/** A picture of which nothing is found is white: SourceAFIS finds nothing in it, and it counts against us. */
async function prepare(path: string, index: number): Promise<Picture> {
  const photo = await photoToInspect({ kind: 'file', path });
  const [raw, print] = [join(folder, `${index}-raw.png`), join(folder, `${index}-print.png`)];
  await sharp(photo.pixels, { raw: { width: photo.width, height: photo.height, channels: 3 } }).greyscale().png().toFile(raw);
  const [largest] = findFingers(photo).tips.sort((one, other) => other.width - one.width);
  if (largest === undefined) console.error(`bench: no finger in ${path}`);
  const { width, height, data } = largest?.print ?? { width: 300, height: 300, data: new Float32Array(90_000).fill(255) };
  await sharp(Uint8Array.from(data, Math.round), { raw: { width, height, channels: 1 } }).png().toFile(print);
  return { raw, print, quality: largest === undefined ? 0 : fingerQuality(largest).score };
}

interface Compared {
  rows: readonly Row[];
  scores: readonly number[][];
  /** Of the two pictures, in alphabetical order. */
  sensors: string;
}

/** Each pair once, a picture never with itself. */
function pairsOf({ rows, scores, sensors }: Compared): { isMated: boolean; score: number; first: number; second: number }[] {
  return rows.flatMap((one, first) => rows.flatMap((other, second) => (
    second <= first || [one.sensor, other.sensor].sort().join(' ') !== sensors ? [] : [{ isMated: one.finger === other.finger, score: scores[first]![second]!, first, second }])));
}

function figures({ title, ...compared }: Compared & { title: string }): string {
  const { true: mated = [], false: nonMated = [] } = Object.groupBy(pairsOf(compared), ({ isMated }) => `${isMated}`);
  const label = `| ${compared.sensors.replace(' ', ', ')} | ${title} | ${mated.length}, ${nonMated.length} |`;
  if (mated.length === 0 || nonMated.length === 0) return `${label} - | - |`;
  const points = operatingPoints(sortScores({ mated: Float64Array.from(mated, ({ score }) => score), nonMated: Float64Array.from(nonMated, ({ score }) => score) }));
  return `${label} ${percent(equalErrorRate(points).rate)} | ${percent(fnmrAtFmr(points, 1e-2).fnmr)} |`;
}

/** A comparison has the lower of its pictures' qualities. */
function discardLine({ pictures, ...compared }: Compared & { pictures: readonly Picture[] }): string {
  const mated = pairsOf(compared).filter(({ isMated }) => isMated);
  const curve = errorVersusDiscard({
    isError: mated.map(({ score }) => score < THRESHOLD),
    quality: Float64Array.from(mated, ({ first, second }) => Math.min(pictures[first]!.quality, pictures[second]!.quality)),
  });
  const errorAt = (share: number): number => curve.error[curve.discarded.findLastIndex((discarded) => discarded <= share)]!;
  return `| ${compared.sensors.replace(' ', ', ')} | ${DISCARDED.map((share) => percent(errorAt(share))).join(' | ')} |`;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}
