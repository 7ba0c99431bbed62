import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { SystemReference } from '../../../contract/requests/comparisons.ts';
import { useAsk } from '../../desk/ask.ts';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { ComparedCurves } from './compared-curves.tsx';
import { comparedSystems, comparisonAddress, MOST_COMPARED, sameReference } from './compared-systems.ts';
import { Differences } from './differences.tsx';
import { ImportScores } from './import-scores.tsx';
import { SystemsPanel } from './systems-panel.tsx';

/** Two to six systems over each other. The address names them, in their order: the first is what the others are compared with. */
export function CompareScreen({ sources }: { sources: string }) {
  const [, navigate] = useLocation();
  const { data: systems, error } = useAsk('comparisons.systems', {});
  const wanted = comparedSystems(sources);
  const known = systems === undefined ? [] : wanted.filter((reference) => systems.some((one) => sameReference(one.reference, reference)));
  const lost = systems === undefined ? 0 : wanted.length - known.length;
  const choose = (references: readonly SystemReference[]): void => navigate(comparisonAddress(references), { replace: wanted.length > 0 });
  return (
    <Page actions={<ImportScores onImported={(reference) => choose([...known, reference].slice(-MOST_COMPARED))} />}>
      <ErrorNote error={error} />
      {lost > 0 && <ErrorNote error={new Error(`${lost} of the compared systems are not here any more.`)} />}
      {systems?.length === 0 && (
        <EmptyState icon={IconArrowsDiff} title="There is nothing to compare yet" words="Evaluate a model, with its baselines or without, or import a file of comparison scores (CSV with the columns score and mated).">
          <Button component={Link} href="/evaluate">Evaluate a model</Button>
        </EmptyState>
      )}
      {known.length >= 2 && <Compared references={known} />}
      {systems && systems.length > 0 && <SystemsPanel systems={systems} chosen={known} onChoose={choose} />}
    </Page>
  );
}

function Compared({ references }: { references: readonly SystemReference[] }) {
  const systems = [...references];
  const { data, error } = useAsk('comparisons.overlay', { systems }, { keepPrevious: true });
  return (
    <>
      <ErrorNote error={error} />
      {data && <ComparedCurves overlay={data} />}
      {data && <Differences key={comparisonAddress(references)} references={references} overlay={data} />}
    </>
  );
}
