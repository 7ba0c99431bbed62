import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { developmentAbsence } from '../../../contract/protocol-absences.ts';
import type { OfferedThreshold } from '../../../contract/requests/evaluations.ts';
import type { ProtocolReport } from '../../../contract/requests/protocols.ts';
import { suspectedCopiesWords } from '../../../contract/suspected-copies.ts';
import { trainedByOthers } from '../../../contract/training-words.ts';
import type { Estimate } from '../../../contract/vocabulary.ts';
import type { Metric } from '../../../evaluation/score-metrics.ts';
import { useAsk } from '../../desk/ask.ts';
import { useJobOf } from '../../desk/use-jobs.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Note } from '../../widgets/note.tsx';
import { Page } from '../../widgets/page.tsx';
import { countWords, quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import type { PairOrder } from '../explore/pairs-panel.tsx';
import { ExportReport } from '../reports/export-report.tsx';
import { CurvesPanel } from './curves-panel.tsx';
import classes from './evaluate.module.css';
import { Refused } from './detail/refused.tsx';
import { FailuresPanel } from './failures-panel.tsx';
import { HistogramPanel } from './histogram-panel.tsx';
import type { Measured } from './measured.ts';
import { estimateOf } from './metric-words.ts';
import { DevelopmentPanels } from './protocol-development.tsx';
import { ProtocolFigures } from './protocol-figures.tsx';
import { ProtocolGroups } from './protocol-groups.tsx';
import { ProtocolPairs } from './protocol-pairs.tsx';
import { ProtocolStudies } from './protocol-studies.tsx';
import { protocolWords } from './protocol-words.ts';
import { RemoveButton } from './remove-button.tsx';
import { TrialReadout } from './trial-readout.tsx';
import { useTrial } from './use-trial.ts';

/** A run of a protocol: its figures beside the naive ones, its curves, and the pairs behind them. */
export function ProtocolScreen({ protocolId }: { protocolId: string }) {
  const { data: report, error } = useAsk('protocols.get', { protocolId });
  const job = useJobOf('evaluate', protocolId);
  if (report) return <Report report={report} />;
  return (
    <Page title="Protocol">
      {job && <JobProgress job={job} />}
      {!job && <ErrorNote error={error}><Button component={Link} href="/evaluate" size="compact-xs" variant="default">To the evaluations</Button></ErrorNote>}
    </Page>
  );
}

function Report({ report }: { report: ProtocolReport }) {
  const { manifest, figures, createdAt, id } = report;
  const { source, model } = manifest;
  return (
    <Page
      title={<>{model.name} <span className={classes.on}>on {protocolWords(source)}</span></>}
      purpose={<>{countWords(figures.rows)} comparisons of the images in {source.images}; judged are {countWords(figures.matedCount)} mated and {countWords(figures.nonMatedCount)} non-mated{figures.subjectCount === null ? '' : ` of ${quantity(figures.subjectCount, 'person', 'people')}`}. Protocol {manifest.protocolHash.slice(0, 12)}, images {manifest.imagesHash.slice(0, 12)}. {instantWords(createdAt)}.</>}
      actions={
        <>
          <Button component={Link} href={`/compare/protocol~${id}`} variant="default" leftSection={<IconArrowsDiff size={16} />}>Compare</Button>
          <ExportReport source={{ kind: 'protocol', id }} />
          <RemoveButton source={{ kind: 'protocol', id }} />
        </>
      }
    >
      <Cautions report={report} />
      <ProtocolFigures report={report} />
      {figures.development ? <DevelopmentPanels development={figures.development} mated={figures.matedCount} /> : <Refused title="Thresholds and calibration" words={developmentAbsence(source)} />}
      {report.drawing ? <Drawn report={report} drawing={report.drawing} /> : <Refused title="Curves, slices and error versus discard" words="The scores are of one kind, or none is a number: there is no threshold to look at them with." />}
      <ProtocolStudies report={report} />
      <FailuresPanel failures={report.failures} />
    </Page>
  );
}

/** What flatters, what was left out because it would, and where the data end. */
function Cautions({ report: { manifest: { model }, seenInTraining, foreignTraining, suspectedCopies, figures, failures } }: { report: ProtocolReport }) {
  const cautions = [
    foreignTraining ? trainedByOthers(model.name, foreignTraining) : '',
    seenInTraining.length > 0 ? `The model was trained on images of ${countWords(seenInTraining.length)} of these subjects (${seenInTraining.slice(0, 5).join(', ')}${seenInTraining.length > 5 ? ', …' : ''}): the figures flatter.` : '',
    failures.length > 0 ? `${quantity(failures.length, 'image')} gave no template; every comparison with one counts as a rejection.` : '',
    suspectedCopiesWords(suspectedCopies ?? []) ?? '',
    ...figures.guards.map(({ reason, count, examples }) => `${quantity(count, 'comparison')} left out, ${reason.replaceAll('-', ' ')}: ${examples.slice(0, 2).join('; ')}.`),
  ].filter(Boolean);
  if (cautions.length === 0) return null;
  return <Note kind="caution" title="Read this first"><ul className={classes.warnings}>{cautions.map((caution) => <li key={caution}>{caution}</li>)}</ul></Note>;
}

function Drawn({ report, drawing }: { report: ProtocolReport; drawing: NonNullable<ProtocolReport['drawing']> }) {
  const [order, setOrder] = useState<PairOrder>('worst');
  const [measured] = useState<Measured>(() => measuredOf(report, drawing));
  const trial = useTrial(measured);
  const showPairs = (): void => {
    setOrder('nearest');
    document.getElementById('pairs')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  return (
    <>
      <div className={classes.charts}>
        <CurvesPanel report={measured} trial={trial} onPick={showPairs} />
        <HistogramPanel report={measured} trial={trial} />
        <TrialReadout report={measured} trial={trial} hint="Drag the line in the histogram, or click a point of the curve to see its pairs." />
      </div>
      <ProtocolPairs report={report} threshold={trial.point.threshold} order={order} onOrder={setOrder} />
      <ProtocolGroups report={report} trial={trial} />
    </>
  );
}

function offeredOf(development: ProtocolReport['figures']['development']): OfferedThreshold[] {
  const estimate = (metric: Metric | null): Estimate | null => (metric === null ? null : estimateOf(metric));
  return (development?.thresholds ?? []).map(({ fmr, fnmr, ...chosen }) => ({ ...chosen, fmr: estimate(fmr), fnmr: estimate(fnmr) }));
}

function measuredOf({ id, manifest: { model }, figures }: ProtocolReport, { curve, histogram }: NonNullable<ProtocolReport['drawing']>): Measured {
  const { dPrime } = figures;
  const spread = typeof dPrime === 'number' ? dPrime : 'error' in dPrime ? null : dPrime.value;
  return {
    id, modelId: model.id, modelName: model.name, thresholds: offeredOf(figures.development), counts: { mated: figures.matedCount, nonMated: figures.nonMatedCount },
    systems: [{ kind: 'model', name: model.name, curve: [...curve], histogram, dPrime: spread }],
  };
}
