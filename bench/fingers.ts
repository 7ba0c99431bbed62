import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openShippedFingerModel } from './fingers/embedder.ts';
import type { Experiment, Pair } from './fingers/comparisons.ts';
import { preparePictures } from './fingers/pictures.ts';
import { readRows } from './fingers/rows.ts';
import { compareBySourceAfis } from './fingers/source-afis.ts';
import { discardTable, fusedTable, singleTable } from './fingers/tables.ts';
import type { Side } from './fingers/tables.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// Our finger model beside SourceAFIS on the same pictures: npm run bench -- fingers MANIFEST.csv [MANIFEST.csv...] [--write]
// with the columns path, label (or subject) and sample (or sensor). RidgeBase: /work/shared/data/ridgebase/MANIFEST.csv.
const isWritten = process.argv.includes('--write');
const files = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (files.length === 0) throw new Error('Name a manifest: npm run bench -- fingers MANIFEST.csv [MANIFEST.csv...]');
const folder = mkdtempSync(join(tmpdir(), 'likeness-bench-fingers-'));

/** Whose pictures were looked at while core, flow and head were made; the four-finger photos were, too. */
const DEVELOPMENT = ['11826', '12385'];

try {
  const rows = files.flatMap((file) => readRows(resolve(process.env['INIT_CWD'] ?? process.cwd(), file)));
  const embedder = await openShippedFingerModel();
  const pictures = await preparePictures(rows, embedder.input, folder);
  const cosine = await embedder.compare(pictures.map(({ pixels }) => pixels));
  const [raw, print] = [compareBySourceAfis(pictures.map((picture) => picture.raw), folder), compareBySourceAfis(pictures.map((picture) => picture.print), folder)];
  const sides: Side[] = [
    { title: 'SourceAFIS, pictures as they are', scoreOf: ([first, second]: Pair) => raw[first]![second]!, isOfWholePicture: true },
    { title: 'SourceAFIS, our prints', scoreOf: ([first, second]: Pair) => print[first]![second]!, isOfWholePicture: false },
    { title: '**ours**', scoreOf: cosine, isOfWholePicture: false },
  ];
  const failed = pictures.filter(({ pixels }) => pixels === null).length;
  const text = [
    '## Fingers', `\`npm run bench -- fingers ${files.join(' ')} --write\`, ${whereAndWhen()}. ${rows.length} fingers in pictures, of which ${failed} were not found (failures to acquire count as errors).`,
    singleTable(rows, experiments(rows), sides),
    fusedTable(rows, experiments(rows), sides),
    discardTable({ rows, pictures, experiments: experiments(rows), sides }),
  ].join('\n\n');
  console.log(text);
  if (isWritten) console.log(`Written to ${writeSection('fingers', text)}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Each sensor against each in each set; people looked at in development apart from the others. */
function experiments(rows: readonly { set: string; person: string }[]): Experiment[] {
  return [...new Set(rows.map(({ set }) => set))].flatMap((set): Experiment[] => {
    const of = (title: string, sensors: Experiment['sensors'], has: (person: string) => boolean = () => true): Experiment =>
      ({ title: `${set}${title}: ${sensors.join(', ')}`, sensors, belongs: (row) => row.set === set && has(row.person) });
    const isDevelopment = (person: string): boolean => DEVELOPMENT.includes(person);
    const hasDevelopment = rows.some((row) => row.set === set && isDevelopment(row.person));
    return [
      of(set.endsWith('of four') ? ' (development)' : '', ['contactless', 'contactless']),
      ...(hasDevelopment
        ? [of(' (development)', ['contact', 'contactless'], isDevelopment), of(' (others)', ['contact', 'contactless'], (person) => !isDevelopment(person))]
        : [of('', ['contact', 'contactless'])]),
      of('', ['contact', 'contact']),
    ];
  });
}
