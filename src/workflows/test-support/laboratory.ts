import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DeskEvent } from '../../contract/events.ts';
import type { Job } from '../../contract/jobs.ts';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import type { Answer, ParsedInput, RequestInput, RequestName, RequestOutput } from '../../contract/requests.ts';
import { requestTable } from '../../contract/requests.ts';
import type { Modality } from '../../contract/vocabulary.ts';
import type { Desk } from '../../contract/wire/desk.ts';
import type { DeskOptions } from '../app.ts';
import { openDesk } from '../app.ts';
import type { FakeEngines } from './fake-engine.ts';
import { fakeEngines } from './fake-engine.ts';

/** An open desk on a fresh folder, with everything it says written down. */
export interface Laboratory {
  home: string;
  desk: Desk;
  engines: FakeEngines;
  events: DeskEvent[];
  logged: string[];
  /** Asks as a door does: the input is judged by the table, and so is the answer. */
  ask: <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>;
  /** Resolves with the job once it has ended. */
  finished: (jobId: string) => Promise<Job>;
  /** Resolves with the first event from now on that fits. */
  next: (fits: (event: DeskEvent) => boolean) => Promise<DeskEvent>;
  /** Closes the desk and opens it again on the same folder, as after a restart. */
  reopen: () => Promise<Laboratory>;
  /** Closes the desk and removes its folder. */
  leave: () => Promise<void>;
}

export async function openLaboratory(options: Partial<DeskOptions> = {}, open: typeof openDesk = openDesk): Promise<Laboratory> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'likeness-desk-'));
  const engines = fakeEngines();
  const events: DeskEvent[] = [];
  const logged: string[] = [];
  const desk = await open({
    home, resources: join(home, 'no-resources'), host: 'browser', version: '0.0.0', spawnEngine: engines.spawn,
    log: (message, details) => logged.push(`${message} ${details instanceof Error ? details.stack : ''}`), ...options,
  });
  desk.subscribe((event) => events.push(event));
  const ask: Laboratory['ask'] = async (name, input) => {
    const parsed = requestTable[name].input.parse(input) as ParsedInput<typeof name>;
    const handler = desk.handlers[name] as (input: ParsedInput<typeof name>) => Promise<RequestOutput<typeof name>>;
    return requestTable[name].output.parse(await handler(parsed)) as RequestOutput<typeof name>;
  };
  const next: Laboratory['next'] = (fits) =>
    new Promise((resolve) => {
      const unsubscribe = desk.subscribe((event) => {
        if (!fits(event)) return;
        unsubscribe();
        resolve(event);
      });
    });
  const finished: Laboratory['finished'] = async (jobId) => {
    for (;;) {
      const ended = next((event) => event.type === 'job' && event.job.id === jobId && event.job.endedAt !== null);
      const job = await ask('jobs.get', { jobId });
      if (job.endedAt !== null) return job;
      await ended;
    }
  };
  return {
    home, desk, engines, events, logged, ask, finished, next,
    reopen: async () => {
      await desk.close();
      return openLaboratory({ ...options, home }, open);
    },
    leave: async () => {
      await desk.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Writes files below a folder: path to content. */
export function writeFiles(folder: string, files: Record<string, string>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** So many people with so many pictures each, a folder for each person. */
export function writePeople(folder: string, people: number, pictures: number): string {
  const files: Record<string, string> = {};
  for (let who = 1; who <= people; who++) {
    for (let which = 1; which <= pictures; which++) files[`p${who}/${which}.png`] = `face p${who} ${which}`;
  }
  return writeFiles(folder, files);
}

export const smallRecipe = (epochs: number) =>
  recipeSchema.parse({ name: 'Small', loss: { name: 'triplet' }, embeddingSize: 16, epochs });

/** Adds a dataset of 12 people with 4 pictures each, and waits until it is ready. */
export async function addPeople({ ask, finished, home }: Laboratory, people = 12, { pictures = 4, modality = 'face' }: { pictures?: number; modality?: Modality } = {}): Promise<string> {
  const path = writePeople(join(home, 'pictures'), people, pictures);
  const split = { seed: 1, train: 0.34, validation: 0.33, test: 0.33 };
  const { datasetId, jobId } = await ask('datasets.add', { name: 'People', path, split, modality });
  const job = await finished(jobId);
  if (job.state !== 'done') throw new Error(job.message);
  return datasetId;
}

/** Trains a model on a fresh dataset; being the first, it is in use afterwards. */
export async function trainModel(laboratory: Laboratory, people?: number): Promise<{ datasetId: string; modelId: string; runId: string }> {
  const datasetId = await addPeople(laboratory, people);
  const { runId, jobId } = await laboratory.ask('runs.start', { datasetId, recipe: smallRecipe(2) });
  const job = await laboratory.finished(jobId);
  if (job.state !== 'done') throw new Error(job.message);
  const { run } = await laboratory.ask('runs.get', { runId });
  return { datasetId, runId, modelId: run.modelId! };
}

/** Hands a picture to the desk. */
export async function putFace({ ask }: Laboratory, who: string, which: number | string): Promise<string> {
  const { imageId } = await ask('images.put', { fileName: `${who}-${which}.png`, bytes: new TextEncoder().encode(`face ${who} ${which}`) });
  return imageId;
}

/** What a refused request answered. */
export async function refusal(asked: Promise<unknown>): Promise<Omit<Extract<Answer<unknown>, { ok: false }>, 'ok'>> {
  try {
    await asked;
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return { code, message };
  }
  throw new Error('The request was answered, though it should have been refused.');
}
