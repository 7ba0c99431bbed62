import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Coverage, Population } from '../src/evaluation/test-support/population.ts';
import type { CoverageTask } from './coverage/trials.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// How often 95 % intervals hold the truth of simulated populations. Fewer trials, to try it out: nothing is written then.
const TRIALS = 2000;
const REPLICATES = 1000;
/** Never used before: the intervals were designed on seeds below 100,000, and changed after what runs on seeds from 2,000,000 and 3,000,000 on had shown. */
const FIRST_SEED = 4_000_000;
const trials = Number(process.argv[2] ?? TRIALS);
const populations: Population[] = [
  { subjects: 40, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.6, matedEach: 3 },
];

const startedAt = performance.now();
const found = await Promise.all(populations.map(async (population) => ({
  population, figures: await coverageOf(population, 'figures'), differences: await coverageOf(population, 'differences'), groups: await coverageOf(population, 'groups'),
})));
const tables = [tableOf('figures'), tableOf('differences'), tableOf('groups')];
console.log(tables.join('\n\n'));
if (trials === TRIALS) console.log(`Written to ${writeSection('coverage', sectionOf(tables))}`);

/** The populations in processes of their own, all at once. */
async function coverageOf(population: Population, trial: CoverageTask['trial']): Promise<Coverage> {
  const task: CoverageTask = { population, trial, trials, firstSeed: FIRST_SEED, replicates: REPLICATES };
  const running = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'coverage/trials.ts'), JSON.stringify(task)]);
  running.child.stderr?.pipe(process.stderr);
  return JSON.parse((await running).stdout) as Coverage;
}

function tableOf(trial: CoverageTask['trial']): string {
  const names = Object.keys(found[0]![trial]);
  const rows = found.map(({ population: { subjects, share, matedEach }, [trial]: coverage }) =>
    `| ${[`${subjects} subjects, ${matedEach} mated scores each, ${Math.round(100 * share)} % of the variance within subjects`, ...names.map((name) => (100 * coverage[name]!).toFixed(1))].join(' | ')} |`);
  return [`| Population | ${names.join(' | ')} |`, `|---|${'--:|'.repeat(names.length)}`, ...rows].join('\n');
}

function sectionOf([figures, differences, groups]: readonly string[]): string {
  const standardError = 100 * Math.sqrt((0.95 * 0.05) / trials);
  return `## Coverage of the intervals

\`npm run bench -- coverage\`: how often, in per cent, a 95 % interval holds the truth of a population drawn anew in each of ${trials} trials (standard error ${standardError.toFixed(1)}), with ${REPLICATES} resamples of the subjects.

${figures}

Of the difference of two systems on the same people:

${differences}

Of the rates of a group, which is half of the subjects, at one threshold:

${groups}

- **Population**: normal scores of unit variance about 3 (mated) and 0 (each pair of subjects once); scores that share a subject are correlated. The truths follow from the normal distribution.
- **Two systems**: the mated scores of the other are about 2.6, and its scores go along with the first's (correlation 0.6).
- **Seeds**: the intervals were designed on populations of seeds below 100,000, and changed after what those from 2,000,000 and 3,000,000 on had shown; these are of seeds from ${FIRST_SEED.toLocaleString('en')} on.
- **Where and when**: ${whereAndWhen()}, Node ${process.versions.node}; ${Math.round((performance.now() - startedAt) / 1000)} s.`;
}
