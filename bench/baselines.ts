import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EvaluationReport, ScoredSystem } from '../src/contract/requests/evaluations.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { seconds } from './shared/seconds.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

/** Splits by person that nobody looked at while the default recipe was chosen. */
const SPLIT_SEEDS = [101, 102, 103, 104, 105];

interface Measured {
  seed: number;
  report: EvaluationReport;
  trainingSeconds: number;
}

const root = join(import.meta.dirname, '..');
const [folder = join(root, '../shared/data/orl')] = process.argv.slice(2);
const dataset = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
const home = mkdtempSync(join(tmpdir(), 'likeness-baselines-'));
const likeness = <Answer>(...args: string[]): Answer =>
  JSON.parse(execFileSync(process.execPath, [join(root, 'src/cli/index.ts'), ...args, '--json', '--home', home], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 })) as Answer;

try {
  const loadBefore = loadavg()[0]!;
  const measured = SPLIT_SEEDS.map(measure);
  console.log(table(measured));
  console.log(`Written to ${writeSection('baselines', section(measured, loadBefore))}`);
} finally {
  rmSync(home, { recursive: true, force: true });
}

function measure(seed: number): Measured {
  const name = `split ${seed}`;
  likeness('dataset', 'add', dataset, '--name', name, '--seed', `${seed}`);
  const begun = performance.now();
  likeness('train', '--dataset', name, '--name', name, '--seed', `${seed}`);
  const trainingSeconds = (performance.now() - begun) / 1000;
  const report = likeness<EvaluationReport>('evaluate', '--model', name, '--dataset', name, '--baselines');
  console.error(`bench: split ${seed}: EER ${report.systems.map((system) => `${system.name} ${percent(system)}`).join(', ')}; trained in ${seconds(trainingSeconds)}`);
  return { seed, report, trainingSeconds };
}

function percent({ eer }: ScoredSystem): string {
  return `${(100 * eer.value).toFixed(1)} % (${[eer.low, eer.high].map((side) => (side === null ? '-' : (100 * side).toFixed(1))).join(' to ')})`;
}

function table(measured: Measured[]): string {
  const names = measured[0]!.report.systems.map(({ name }) => (name.startsWith('split') ? 'Trained' : name));
  const mean = names.map((_, index) => measured.reduce((sum, { report }) => sum + report.systems[index]!.eer.value, 0) / measured.length);
  return [
    `| Split seed | ${names.join(' | ')} | Training |`,
    `|---|${names.map(() => '--:|').join('')}--:|`,
    ...measured.map(({ seed, report, trainingSeconds }) => `| ${[seed, ...report.systems.map(percent), seconds(trainingSeconds)].join(' | ')} |`),
    `| **mean** | ${mean.map((value) => `**${(100 * value).toFixed(1)} %**`).join(' | ')} | |`,
  ].join('\n');
}

function section(measured: Measured[], loadBefore: number): string {
  const { counts } = measured[0]!.report;
  return `## The default recipe on people it never saw

\`npm run bench -- baselines\`: \`likeness dataset add\`, \`likeness train\` and \`likeness evaluate --baselines\` on the AT&T/ORL faces, once for each of ${measured.length} splits by person that were not looked at while the recipe was chosen. EER over all pairs of the test people, 95 % intervals by bootstrap over people.

${table(measured)}

- ${counts.subjects} test people, ${counts.samples} images, ${counts.mated} mated and ${counts.nonMated} non-mated comparisons for each split. The same 40 people are split again each time, so the splits are not independent of each other.
- The demo shows split seed 1, whose test people were looked at while the recipe was settled; judge the recipe by the table.
- **Where and when**: ${whereAndWhen()}, load average ${loadBefore.toFixed(2)} before.`;
}
