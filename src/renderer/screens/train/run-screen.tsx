import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { RequestOutput } from '../../../contract/requests.ts';
import type { RunEpoch, RunStep } from '../../../contract/requests/runs.ts';
import { keptWords } from '../../../contract/requests/runs.ts';
import { useAsk } from '../../desk/ask.ts';
import { useJobOf } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Note } from '../../widgets/note.tsx';
import { Page } from '../../widgets/page.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { StateBadge } from '../../widgets/state-badge.tsx';
import { countWords, percentWords } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import { CostliestPanel } from './costliest-panel.tsx';
import { RunActions } from './run-actions.tsx';
import { RunAlarms } from './run-alarms.tsx';
import { RunDiagnostics } from './run-diagnostics.tsx';
import { RunRecipe } from './run-recipe.tsx';
import classes from './train.module.css';
import { TrainingFigure } from './training-figure.tsx';
import { trainingRunOf } from './use-training-runs.ts';

export function RunScreen({ runId }: { runId: string }) {
  const { data, error } = useAsk('runs.get', { runId });
  if (error) return <Page><ErrorNote error={error}><Button component={Link} href="/train" size="compact-xs" variant="default">To the runs</Button></ErrorNote></Page>;
  return data ? <Run answer={data} /> : <Page title="…"><span /></Page>;
}

function Run({ answer }: { answer: RequestOutput<'runs.get'> }) {
  const { run, steps, epochs } = answer;
  const job = useJobOf('train', run.id);
  const curves = useMemo(() => [trainingRunOf(answer)], [answer]);
  return (
    <Page
      title={<span className={classes.title}>{run.name} <StateBadge state={run.state} /></span>}
      purpose={<>On {run.datasetName}, started {instantWords(run.createdAt)}{run.device && <>, {run.device}</>}.</>}
      actions={<RunActions run={run} />}
    >
      {job && <JobProgress job={job} canCancel={false} />}
      {run.error && <Note kind="bad" title="The run ended with an error">{run.error}</Note>}
      <RunAlarms answer={answer} />
      <RunFigures answer={answer} lastStep={steps.at(-1)} lastEpoch={epochs.at(-1)} />
      <div className={classes.pair}>
        <Panel><TrainingFigure panel="loss" runs={curves} height={270} /></Panel>
        <Panel><TrainingFigure panel="validation-eer" runs={curves} height={270} /></Panel>
      </div>
      <div className={classes.small}>
        <Panel><TrainingFigure panel="distances" runs={curves} /></Panel>
        <Panel><TrainingFigure panel="active-share" runs={curves} /></Panel>
        <Panel><TrainingFigure panel="norm" runs={curves} /></Panel>
        <Panel><TrainingFigure panel="learning-rate" runs={curves} /></Panel>
      </div>
      <RunDiagnostics steps={steps} />
      <CostliestPanel costliest={answer.costliest} datasetId={run.datasetId} />
      <RunRecipe run={run} />
    </Page>
  );
}

interface RunFiguresProps { answer: RequestOutput<'runs.get'>; lastStep: RunStep | undefined; lastEpoch: RunEpoch | undefined }

function RunFigures({ answer: { run, epochs }, lastStep, lastEpoch }: RunFiguresProps) {
  // An epoch that has just ended is told before the run is asked for again.
  const kept = epochs.find((epoch) => epoch.kept);
  const [best, keptEpoch] = kept ? [kept.validationEer, kept.epoch] : [run.bestValidationEer, run.keptEpoch];
  const figures: [string, string][] = [
    ['Epoch', `${run.epoch} of ${run.recipe.epochs}`],
    ['Kept validation EER', best === null ? '–' : `${percentWords(best)}${keptEpoch === null ? '' : `, ${keptWords(keptEpoch)}`}`],
    ['Last validation EER', lastEpoch?.validationEer === null || lastEpoch === undefined ? '–' : percentWords(lastEpoch.validationEer)],
    ['Loss', lastStep ? lastStep.loss.toFixed(3) : '–'],
    ['Speed', lastStep?.imagesPerSecond ? `${countWords(lastStep.imagesPerSecond)} pictures/s` : '–'],
    ['Parameters', run.parameters === null ? '–' : countWords(run.parameters)],
  ];
  return (
    <dl className={classes.figures}>{figures.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
  );
}
