import type { Job } from '../../contract/jobs.ts';
import { recipeSchema } from '../../contract/recipe/recipe.ts';
import { RequestError } from '../../contract/request-error.ts';
import type { Handlers } from '../../contract/requests.ts';
import type { DatasetCard } from '../../contract/requests/datasets.ts';
import type { SubjectCard } from '../../contract/requests/gallery.ts';
import type { ThresholdInUse } from '../../contract/requests/matching.ts';
import type { ModelCard } from '../../contract/requests/models.ts';
import type { RunCard } from '../../contract/requests/runs.ts';
import type { SmallDesk } from '../../contract/wire/test-support/small-desk.ts';
import { smallDesk } from '../../contract/wire/test-support/small-desk.ts';
import type { CliHost } from '../run-cli.ts';
import { runCli } from '../run-cli.ts';

export const ann: SubjectCard = { id: 'subject-1', name: 'Ann', note: '', samples: 2, templates: 2, portrait: null, createdAt: 0 };

export const dataset: DatasetCard = {
  id: 'dataset-1', name: 'orl', modality: 'face', layout: 'orl', path: '/data/orl', state: 'ready', subjects: 40, images: 400,
  split: { seed: 1, train: 0.6, validation: 0.15, test: 0.25 },
  parts: { train: { subjects: 24, images: 240 }, validation: { subjects: 6, images: 60 }, test: { subjects: 10, images: 100 } },
  columns: [], isDemo: false, credit: null, createdAt: 0,
  findings: { unreadable: [{ path: 's9/3.pgm', reason: 'ends early' }], duplicates: [], suspectedCopies: [{ path: 's2/3.pgm', of: 's1/4.pgm', sameSubject: false, isMirrored: false }], emptyFolders: [], singletons: [], skippedFiles: 0 },
};

export const model: ModelCard = {
  id: 'model-1', name: 'faces-2', modality: 'face', pipeline: 'none', source: 'trained-here', runId: 'run-1', summary: 'small, proxy-anchor, 128-d', embeddingSize: 128,
  trainedOn: 'orl', licence: 'yours', epoch: 3, validationEer: 0.032, weightsHash: 'abc', inUse: true, templates: 2, createdAt: 0,
};

export const recipe = recipeSchema.parse({ name: 'Faces', loss: { name: 'nca', scale: 1 } });

export const run: RunCard = {
  id: 'run-1', name: 'Faces', datasetId: 'dataset-1', datasetName: 'orl', recipe, state: 'done', error: null, epoch: 2, keptEpoch: 1, bestValidationEer: 0.032,
  modelId: 'model-1', jobId: 'job-1', device: 'CPU, 180 GFLOP/s', parameters: 2_800_000, canResume: false, createdAt: 0, endedAt: 1,
};

const rate = { value: 0.001, low: 0.0006, high: 0.0016 };
export const threshold: ThresholdInUse = {
  modelId: 'model-1', transform: 'none', threshold: 0.43, targetFmr: 0.001, fmr: rate, fnmr: { value: 0.05, low: 0.03, high: 0.08 }, nonMatedComparisons: 4500,
  datasetName: 'orl', evaluationId: 'evaluation-1', chosenAt: 0,
};

export function job(state: Job['state'], about: Partial<Job> = {}): Job {
  return {
    id: 'job-1', kind: 'train', title: 'Train Faces', subjectId: 'run-1', state, done: 3, total: 12, unit: 'steps', rate: 1.5, remainingMs: 6000,
    message: state === 'cancelled' ? 'Cancelled.' : 'Done.', error: null, createdAt: 0, endedAt: null, log: [], result: null, ...about,
  };
}

export interface Laboratory {
  desk: SmallDesk;
  stdout: () => string;
  stderr: () => string;
  faults: unknown[];
  homes: string[];
  served: string[][];
  interrupt: () => void;
  run: (...words: string[]) => Promise<number>;
}

/** The command line on a desk of memory, with both of its streams kept. */
export function laboratory(some: Partial<Handlers>, changes: Partial<CliHost> = {}): Laboratory {
  const [out, err]: [string[], string[]] = [[], []];
  const listeners = new Set<() => void>();
  const desk = smallDesk({ 'datasets.list': () => [dataset], 'models.list': () => [model], 'runs.list': () => [run], 'subjects.list': () => ({ total: 1, subjects: [ann] }), ...some });
  const kept = { faults: [] as unknown[], homes: [] as string[], served: [] as string[][] };
  const host: CliHost = {
    terminal: { print: (text) => out.push(text), note: (text) => err.push(text), screen: null, askSecret: () => Promise.resolve(null) },
    env: {}, cwd: '/work', version: '1.2.3', defaultHome: '/home/ann/.local/share/likeness',
    openDesk: (home) => {
      kept.homes.push(home);
      if (home === '/locked') throw new RequestError('storage', 'The data folder /locked cannot be written.');
      return Promise.resolve(desk);
    },
    restore: () => Promise.resolve({ files: 3 }),
    reportFault: (fault) => kept.faults.push(fault),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    serve: (words) => {
      kept.served.push(words);
      return Promise.resolve(0);
    },
    ...changes,
  };
  return {
    desk, ...kept, stdout: () => out.join('\n'), stderr: () => err.join('\n'),
    interrupt: () => { for (const listener of listeners) listener(); },
    run: (...words) => runCli(words, host),
  };
}
