import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { JudgedSet } from './copies/judge-set.ts';
import { judgeSet } from './copies/judge-set.ts';
import { atScale } from './copies/scale.ts';
import { pictureSets } from './copies/sets.ts';
import { setRow, toSection } from './copies/table.ts';
import { writeSection } from './shared/benchmarks-page.ts';

// Planted copies and different photos of the same people: npm run bench -- copies [SET...]
// The sets lie in ../shared/data or in --data FOLDER; without names all of them, and the result is written to docs/benchmarks.md.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string', default: join(import.meta.dirname, '../../shared/data') } } });
const data = resolve(process.env['INIT_CWD'] ?? process.cwd(), values.data);
const all = pictureSets(data);
const wanted = positionals.length === 0 ? all : all.filter(({ name }) => positionals.some((one) => name.startsWith(one)));
if (wanted.length === 0) throw new Error(`npm run bench -- copies [SET...], where SET is one of: ${all.map(({ name }) => name).join('; ')}.`);
const judged: JudgedSet[] = [];
for (const set of wanted) {
  const one = await judgeSet(set);
  judged.push(one);
  console.error(`bench: ${setRow(one, data)}`);
  for (const { path, of } of one.suspects) console.error(`bench: named: ${relative(data, path)} of ${relative(data, of)}`);
}
if (positionals.length === 0) {
  const section = toSection(judged, { data, ...(await atScale(all.find(({ name }) => name.startsWith('lfw'))!)) });
  console.log(section);
  console.log(`Written to ${writeSection('copies', section)}`);
}
