import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../docs/benchmarks.md');
const HEADING = '# Benchmarks\n\nMeasured by the command each section names, on the machine it names. Never a test.\n';

/** Puts the text between `<!-- NAME:begin -->` and `<!-- NAME:end -->` of docs/benchmarks.md; the rest stays as it is. */
export function writeSection(name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : HEADING;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  const section = `${begin}\n${text.trim()}\n${end}`;
  const isThere = from >= 0 && to > from;
  writeFileSync(PAGE, isThere ? page.slice(0, from) + section + page.slice(to + end.length) : `${page.trimEnd()}\n\n${section}\n`);
  return PAGE;
}
