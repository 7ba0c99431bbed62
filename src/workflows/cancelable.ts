import { RequestError } from '../contract/request-error.ts';
import type { Handlers, ParsedInput, RequestOutput } from '../contract/requests.ts';
import { seededRandom, shuffled } from '../evaluation/random.ts';
import { findEvaluationTemplates } from '../store/evaluation-maps.ts';
import { knownEvaluation } from './known-evaluation.ts';
import type { CancelableOrder } from './measure-cancelable.ts';
import { measuringKey } from './templates/measuring-key.ts';
import { runInThread } from './run-in-thread.ts';
import type { Workbench } from './workbench.ts';

/** All pairs of so many are compared within a minute; the people are chosen by the seed where there are more. */
const mostSamples = 600;

export function cancelableHandlers(workbench: Workbench): Pick<Handlers, 'cancelable.measure'> {
  return { 'cancelable.measure': (input) => measure(workbench, input) };
}

async function measure({ store: { database, vault } }: Workbench, input: ParsedInput<'cancelable.measure'>): Promise<RequestOutput<'cancelable.measure'>> {
  const { samples, report } = knownEvaluation(database, input.evaluationId);
  if ((report.transform ?? 'none') !== 'none') throw new RequestError('conflict', 'The templates of this evaluation are under a transform already. Measure one without: evaluate the model again, and choose no transform.');
  const templates = findEvaluationTemplates(database, vault.keys(), input.evaluationId);
  if (templates === undefined) throw new RequestError('not-found', 'This evaluation kept no templates. Evaluate the model again, then measure.');
  const chosen = choosePeople(samples.map(({ subject }) => subject), input.seed);
  const { size, vectors } = templates;
  const order: Omit<CancelableOrder, 'scheme'> = {
    size, targetFmr: input.targetFmr, seed: input.seed, subjects: chosen.subjects,
    templates: Float32Array.from(chosen.rows.flatMap((row) => [...vectors.subarray(row * size, (row + 1) * size)])),
    keys: Array.from({ length: input.keys }, (_, index) => measuringKey(input.seed, index)),
  };
  const figures = [];
  for (const scheme of input.schemes) {
    figures.push(await runInThread('cancelable', { ...order, scheme }, { signal: new AbortController().signal, onProgress: () => undefined }));
  }
  return { samples: chosen.rows.length, subjects: new Set(chosen.subjects).size, ofSamples: samples.length, figures };
}

/** Whole people, in an order drawn by the seed, as long as they fit. */
function choosePeople(subjectOf: readonly string[], seed: number): { rows: number[]; subjects: Int32Array } {
  const rowsOf = Map.groupBy(subjectOf.keys(), (row) => subjectOf[row]!);
  const people = shuffled([...rowsOf.values()], seededRandom(seed));
  const taken: number[][] = [];
  let samples = 0;
  for (const rows of people) {
    if (samples + rows.length > mostSamples) continue;
    samples += rows.length;
    taken.push(rows);
  }
  return { rows: taken.flat(), subjects: Int32Array.from(taken.flatMap((rows, person) => rows.map(() => person))) };
}
