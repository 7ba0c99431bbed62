import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Coverage, Population } from '../src/evaluation/test-support/population.ts';
import type { CoverageTask } from './coverage/trials.ts';
import { KNOWN_TRUTHS } from '../src/evaluation/test-support/population.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// How often 95 % intervals hold the truth of simulated populations. Fewer trials, to try it out: nothing is written then.
const TRIALS = 2000;
const REPLICATES = 1000;
/** Far from the populations on which the intervals were designed, which had seeds below 60,000. */
const FIRST_SEED = 1_000_000;
const trials = Number(process.argv[2] ?? TRIALS);
const populations: Population[] = [
  { subjects: 40, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.6, matedEach: 3 },
];

const startedAt = performance.now();
const found = await Promise.all(populations.map(async (population) => [population, await coverageOf(population)] as const));
const names = Object.keys(KNOWN_TRUTHS);
const rows = found.map(([{ subjects, share, matedEach }, coverage]) =>
  `| ${[`${subjects} subjects, ${matedEach} mated scores each, ${Math.round(100 * share)} % of the variance within subjects`, ...names.map((name) => (100 * coverage[name]!).toFixed(1))].join(' | ')} |`);
const table = [`| Population | ${names.join(' | ')} |`, `|---|${'--:|'.repeat(names.length)}`, ...rows].join('\n');
console.log(table);
if (trials === TRIALS) console.log(`Written to ${writeSection('coverage', sectionOf())}`);

/** Each population in a process of its own, all at once. */
async function coverageOf(population: Population): Promise<Coverage> {
  const task: CoverageTask = { population, trials, firstSeed: FIRST_SEED, replicates: REPLICATES };
  const running = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'coverage/trials.ts'), JSON.stringify(task)]);
  running.child.stderr?.pipe(process.stderr);
  return JSON.parse((await running).stdout) as Coverage;
}

function sectionOf(): string {
  const standardError = 100 * Math.sqrt((0.95 * 0.05) / trials);
  return `## Coverage of the intervals

\`npm run bench -- coverage\`: how often, in per cent, a 95 % interval holds the truth of a population drawn anew in each of ${trials} trials (standard error ${standardError.toFixed(1)}), with ${REPLICATES} resamples of the subjects.

${table}

- **Population**: normal scores of unit variance about 3 (mated) and 0 (each pair of subjects once); scores that share a subject are correlated. The truths follow from the normal distribution.
- **Seeds**: the intervals were designed on populations of seeds below 60,000; these are of seeds from ${FIRST_SEED.toLocaleString('en')} on.
- **Where and when**: ${whereAndWhen()}, Node ${process.versions.node}; ${Math.round((performance.now() - startedAt) / 1000)} s.`;
}
