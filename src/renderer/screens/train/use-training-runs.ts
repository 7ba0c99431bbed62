import { useQueries } from '@tanstack/react-query';
import type { TrainingRun } from '../../../charts/training-series.ts';
import type { RequestOutput } from '../../../contract/requests.ts';
import { bridge } from '../../bridge.ts';
import { askKey } from '../../desk/ask.ts';

type RunAnswer = RequestOutput<'runs.get'>;

/** The curves of a run, as the charts take them. */
export function trainingRunOf({ run, steps, epochs }: RunAnswer): TrainingRun {
  return { name: run.name, steps, epochs };
}

/** Several runs, those that are there already; they follow a run that is going on. */
export function useRunAnswers(runIds: readonly string[]): { answers: readonly RunAnswer[]; error: unknown } {
  return useQueries({
    queries: runIds.map((runId) => ({ queryKey: askKey('runs.get', { runId }), queryFn: () => bridge.ask('runs.get', { runId }) })),
    combine: (results) => ({ answers: results.flatMap(({ data }) => (data ? [data] : [])), error: results.find(({ error }) => error !== null)?.error ?? null }),
  });
}

/** The names of runs, each once: a second "Faces" is "Faces (2)". */
export function distinctNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
