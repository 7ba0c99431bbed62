import { Button, Tabs } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { memo, useDeferredValue, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import { useAsk } from '../../desk/ask.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Page } from '../../widgets/page.tsx';
import { quantity } from '../../words/numbers.ts';
import { evaluatedWords } from '../evaluate/evaluated-words.ts';
import { HistogramPanel } from '../evaluate/histogram-panel.tsx';
import { TrialReadout } from '../evaluate/trial-readout.tsx';
import type { Trial } from '../evaluate/use-trial.ts';
import { useTrial } from '../evaluate/use-trial.ts';
import classes from './explore.module.css';
import { Explorer } from './explorer.tsx';
import { MapView } from './map-view.tsx';
import { MarksPanel } from './marks-panel.tsx';
import type { PairOrder } from './pairs-panel.tsx';
import { PairsPanel } from './pairs-panel.tsx';
import { PeopleView } from './people-view.tsx';
import { QualityView } from './quality-view.tsx';
import { SlicesView } from './slices-view.tsx';

/** What can be looked at in an evaluation, each under an address of its own. */
export const views = { pairs: 'Pairs', people: 'People', map: 'Map', slices: 'Slices', quality: 'Quality' } as const;
export type ViewName = keyof typeof views;
export const viewNames = Object.keys(views) as ViewName[];

const SMALL = 220; // the histogram is here to hold the threshold

export function ExploredScreen({ evaluationId, view }: { evaluationId: string; view: string }) {
  const { data: report, error } = useAsk('evaluations.get', { evaluationId });
  if (report) return <Explored report={report} view={view in views ? (view as ViewName) : 'pairs'} />;
  return (
    <Page>
      <ErrorNote error={error}><Button component={Link} href="/explore" size="compact-xs" variant="default">To the evaluations</Button></ErrorNote>
    </Page>
  );
}

function Explored({ report, view }: { report: EvaluationReport; view: ViewName }) {
  const [, navigate] = useLocation();
  const trial = useTrial(report);
  // What hangs on it beside the counts, such as the pairs, follows a dragged threshold as soon as there is time.
  const settled = useDeferredValue(trial.point.threshold);
  const { counts } = report;
  return (
    <Page
      title={<>{report.modelName} <span className={classes.on}>on {evaluatedWords({ ...report, corrections: report.corrections.length })}</span></>}
      purpose={`${quantity(counts.samples, 'sample')} of ${quantity(counts.subjects, 'person', 'people')}: which comparisons err, whose they are, and what they have in common.`}
      actions={<Button component={Link} href={`/evaluate/${report.id}`} variant="default" leftSection={<IconChartLine size={16} />}>Its figures</Button>}
    >
      <Tabs value={view} onChange={(next) => navigate(`/explore/${report.id}/${next ?? 'pairs'}`)} keepMounted={false}>
        <Tabs.List aria-label="Views of the evaluation">{viewNames.map((name) => <Tabs.Tab key={name} value={name}>{views[name]}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value={view} className={classes.view}>
          <Explorer report={report} threshold={settled}>
            {view === 'pairs' && <PairsView report={report} trial={trial} />}
            {view === 'people' && <PeopleView />}
            {view === 'map' && <MapView />}
            {view === 'slices' && <SlicesView trial={trial} />}
            {view === 'quality' && <QualityView trial={trial} />}
          </Explorer>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function PairsView({ report, trial }: { report: EvaluationReport; trial: Trial }) {
  const [order, setOrder] = useState<PairOrder>('worst');
  return (
    <>
      <MarksPanel report={report} />
      <HistogramPanel report={report} trial={trial} height={SMALL} />
      <TrialReadout report={report} trial={trial} hint="Drag the line, or move it by the arrow keys: the pairs below follow. The threshold in use stays as it is." />
      <Pairs order={order} onOrder={setOrder} />
    </>
  );
}

// It hears of the threshold from the explorer around it.
const Pairs = memo(PairsPanel);
