import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import type { EvaluationReport } from '../../../contract/requests/evaluations.ts';
import type { LabelMarkRow } from '../../../contract/requests/explore.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { askAgain } from '../../desk/follow-events.ts';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { quantity } from '../../words/numbers.ts';
import { wouldCorrectOtherwise } from './new-corrections.ts';
import classes from './explore.module.css';

/** Labels of the dataset that were marked as wrong, and the same evaluation once more with them corrected. */
export function MarksPanel({ report }: { report: EvaluationReport }) {
  const [, navigate] = useLocation();
  const { data: marks } = useAsk('labels.list', { datasetId: report.datasetId });
  const start = useTell('evaluations.start');
  if (!marks || marks.length === 0) return null;
  const isNew = wouldCorrectOtherwise(report, marks);
  const again = (): void => start.mutate(
    { modelId: report.modelId, datasetId: report.datasetId, part: report.part, baselines: report.systems.length > 1, corrected: true },
    { onSuccess: ({ evaluationId }) => navigate(`/evaluate/${evaluationId}`) },
  );
  return (
    <Panel
      title={`${quantity(marks.length, 'label')} marked as wrong`} aside={`in ${report.datasetName}; its files stay as they are${isNew ? '' : report.corrections.length > 0 ? '; corrected here' : '; none is of a sample of this evaluation'}`}
      actions={isNew && <Button size="compact-sm" loading={start.isPending} onClick={again}>Evaluate with corrections</Button>}
    >
      <ErrorNote error={start.error} />
      <ul className={classes.marks}>{marks.map((mark) => <MarkRow key={mark.path} mark={mark} datasetId={report.datasetId} />)}</ul>
    </Panel>
  );
}

function MarkRow({ mark: { imageId, path, labelled, subject }, datasetId }: { mark: LabelMarkRow; datasetId: string }) {
  const unmark = useTell('labels.unmark');
  return (
    <li className={classes.markRow}>
      <span className={classes.markPicture}><Picture imageId={imageId} alt="" size={36} /></span>
      <span className={classes.markWords}><b>{labelled ?? 'no longer in the dataset'}</b> {subject === null ? 'is to be left out' : <>is to be <b>{subject}</b></>}<span className={classes.path}>{path}</span></span>
      <Button size="compact-xs" variant="subtle" color="gray" loading={unmark.isPending} aria-label={`Undo the mark of ${path}`} onClick={() => unmark.mutate({ datasetId, path }, { onSuccess: () => askAgain('datasets') })}>Undo</Button>
    </li>
  );
}
