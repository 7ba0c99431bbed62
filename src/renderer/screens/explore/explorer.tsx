import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCallback, useMemo, useState } from 'react';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import type { Explored, Looked } from './explored.ts';
import { ExploredContext } from './explored.ts';
import { Inspector } from './inspector.tsx';

interface ExplorerProps { report: EvaluationReport; threshold: number; children: ReactNode }

/** Gives what is inside the samples of the evaluation, and a drawer that shows any pair, sample or person of it. */
export function Explorer({ report, threshold, children }: ExplorerProps) {
  const { data, error } = useAsk('explore.samples', { evaluationId: report.id });
  const { data: marked } = useAsk('labels.list', { datasetId: report.datasetId });
  const [trail, setTrail] = useState<readonly Looked[]>([]);
  const look = useCallback((thing: Looked) => setTrail((before) => [...before, thing]), []);
  const explored = useMemo<Explored | null>(() => data ? { report, threshold, ...data, marks: new Map((marked ?? []).map((mark) => [mark.path, mark])), look } : null, [report, threshold, data, marked, look]);
  if (error) return <ErrorNote error={error} />;
  if (explored === null) return <Skeleton height={360} radius="lg" />;
  return (
    <ExploredContext value={explored}>
      {children}
      <Inspector trail={trail} onTrail={setTrail} />
    </ExploredContext>
  );
}
