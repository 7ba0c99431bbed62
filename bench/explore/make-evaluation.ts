import { join } from 'node:path';
import { recipeSchema } from '../../src/contract/recipe/recipe.ts';
import type { ParsedInput, RequestInput, RequestName, RequestOutput } from '../../src/contract/requests.ts';
import { requestTable } from '../../src/contract/requests.ts';
import type { Desk } from '../../src/contract/wire/desk.ts';
import { openDesk } from '../../src/workflows/app.ts';
import { forkEngine } from '../../src/workflows/fork-engine.ts';
import type { Population } from './made-up-people.ts';
import { writePictures } from './made-up-people.ts';
import { standIn } from './stand-in-engine.ts';

const root = join(import.meta.dirname, '../..');
const ASIDE = { train: 40, validation: 60 }; // people besides those that are evaluated

/** A data folder with one dataset and one evaluation, through the desk's own requests; only the network is a stand-in. Returns the evaluation. */
export async function makeEvaluation(home: string, population: Population): Promise<string> {
  const people = population.people + ASIDE.train + ASIDE.validation;
  const path = await writePictures(join(home, 'pictures'), { ...population, people });
  const desk = await openDesk({
    home, resources: join(home, 'none'), host: 'browser', version: '0.0.0', makesDemo: false,
    spawnEngine: (lane) => standIn(forkEngine(join(root, 'src/engine/index.ts'), { LIKENESS_ENGINE_LANE: lane })),
    log: (message, details) => console.error(message, details),
  });
  try {
    const split = { seed: 1, train: ASIDE.train / people, validation: ASIDE.validation / people, test: population.people / people };
    const { datasetId, jobId } = await ask(desk, 'datasets.add', { name: 'Made-up people', path, split });
    await end(desk, jobId);
    const recipe = recipeSchema.parse({ name: 'Stand-in', loss: { name: 'triplet' }, epochs: 1 });
    const { runId, jobId: training } = await ask(desk, 'runs.start', { datasetId, recipe });
    await end(desk, training);
    const { run } = await ask(desk, 'runs.get', { runId });
    const { evaluationId, jobId: evaluating } = await ask(desk, 'evaluations.start', { modelId: run.modelId!, datasetId, part: 'test', baselines: false });
    await end(desk, evaluating);
    return evaluationId;
  } finally {
    await desk.close();
  }
}

async function ask<Name extends RequestName>(desk: Desk, name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
  const handler = desk.handlers[name] as (input: ParsedInput<Name>) => Promise<RequestOutput<Name>>;
  return handler(requestTable[name].input.parse(input) as ParsedInput<Name>);
}

async function end(desk: Desk, jobId: string): Promise<void> {
  for (;;) {
    const job = await ask(desk, 'jobs.get', { jobId });
    if (job.state === 'done') return console.error(`bench: ${job.title}: ${job.message}`);
    if (job.endedAt !== null) throw new Error(`${job.title}: ${job.message}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
