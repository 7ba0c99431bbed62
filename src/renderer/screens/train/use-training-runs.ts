import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TrainingRun } from '../../../charts/training-series.ts';
import type { RequestOutput } from '../../../contract/requests.ts';
import { bridge } from '../../bridge.ts';
import { askKey } from '../../desk/ask.ts';

type RunAnswer = RequestOutput<'runs.get'>;

/** The curves of a run, as the charts take them. */
export function trainingRunOf({ run, steps, epochs }: RunAnswer): TrainingRun {
  return { name: run.name, steps, epochs };
}

/** The curves of several runs, those that are there already; they follow a run that is going on. */
export function useTrainingRuns(runIds: readonly string[]): readonly TrainingRun[] {
  const answers = useQueries({
    queries: runIds.map((runId) => ({ queryKey: askKey('runs.get', { runId }), queryFn: () => bridge.ask('runs.get', { runId }) })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  return useMemo(() => answers.map(trainingRunOf), [answers]);
}
