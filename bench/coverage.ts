import { bootstrapIntervals } from '../src/evaluation/bootstrap.ts';
import { seededRandom } from '../src/evaluation/random.ts';
import type { Coverage, Population } from '../src/evaluation/test-support/population.ts';
import { coverageSteps, KNOWN_TRUTHS } from '../src/evaluation/test-support/population.ts';
import { writeSection } from './shared/benchmarks-page.ts';
import { whereAndWhen } from './shared/where-and-when.ts';

// How often 95 % intervals hold the truth of simulated populations. Fewer trials, to try it out: nothing is written then.
const TRIALS = 1000;
const REPLICATES = 1000;
const trials = Number(process.argv[2] ?? TRIALS);
const populations: Population[] = [
  { subjects: 40, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.3, matedEach: 6 }, { subjects: 80, share: 0.6, matedEach: 3 },
];
const figures = Object.fromEntries(Object.entries(KNOWN_TRUTHS).map(([name, { figure }]) => [name, figure]));

const startedAt = performance.now();
const found = populations.map((population) => [population, coverageOf(population)] as const);
const names = Object.keys(KNOWN_TRUTHS);
const rows = found.map(([{ subjects, share, matedEach }, coverage]) =>
  `| ${[`${subjects} subjects, ${matedEach} mated scores each, ${Math.round(100 * share)} % of the variance within subjects`, ...names.map((name) => (100 * coverage[name]!).toFixed(1))].join(' | ')} |`);
const table = [`| Population | ${names.join(' | ')} |`, `|---|${'--:|'.repeat(names.length)}`, ...rows].join('\n');
console.log(table);
if (trials === TRIALS) console.log(`Written to ${writeSection('coverage', sectionOf())}`);

function coverageOf(population: Population): Coverage {
  const intervalsOf = (scores: Parameters<typeof bootstrapIntervals>[0], trial: number) =>
    bootstrapIntervals(scores, figures, { replicates: REPLICATES, confidence: 0.95, random: seededRandom(trial) });
  const steps = coverageSteps(population, { trials, intervalsOf });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (step.value % 100 === 0) console.error(`bench: ${population.subjects} subjects: ${step.value} of ${trials} trials`);
  }
}

function sectionOf(): string {
  const standardError = 100 * Math.sqrt((0.95 * 0.05) / trials);
  return `## Coverage of the intervals

\`npm run bench -- coverage\`: how often, in per cent, a 95 % interval holds the truth of a population drawn anew in each of ${trials} trials (standard error ${standardError.toFixed(1)}), with ${REPLICATES} resamples of the subjects.

${table}

- **Population**: normal scores of unit variance about 3 (mated) and 0 (each pair of subjects once); scores that share a subject are correlated. The truths follow from the normal distribution.
- **Where and when**: ${whereAndWhen()}, Node ${process.versions.node}; ${Math.round((performance.now() - startedAt) / 1000)} s.`;
}
