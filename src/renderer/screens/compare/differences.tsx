import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { differencesAssume } from '../../../contract/limits-words.ts';
import type { ComparisonReport, Overlay, SystemReference } from '../../../contract/requests/comparisons.ts';
import { useAsk, useTell } from '../../desk/ask.ts';
import { saveFile } from '../../desk/save-file.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { isRunning, useJobs } from '../../desk/use-jobs.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { JobProgress } from '../../widgets/job-progress.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { countWords } from '../../words/numbers.ts';
import classes from './compare.module.css';
import { comparedSystems, comparisonAddress } from './compared-systems.ts';
import { ComparedFigures } from './compared-figures.tsx';
import { comparisonCsv, comparisonSentences } from './difference-words.ts';

interface DifferencesProps { references: readonly SystemReference[]; overlay: Overlay }

/** Whether the others beat the first: each figure's difference over the same resamples of the subjects, in words and in numbers. */
export function Differences({ references, overlay }: DifferencesProps) {
  const { report, job, error, begin } = useComparison(references);
  return (
    <Panel
      title="Differences"
      aside={report ? `each minus the first; 95 %, ${countWords(report.replicates)} paired resamples of the subjects` : 'each minus the first, resampling the subjects of both together'}
      actions={report && <Kept report={report} />} isFlush
    >
      <div className={classes.inset}>
        <ErrorNote error={error}><Button size="compact-xs" variant="default" onClick={begin}>Compare again</Button></ErrorNote>
        {job && !report && <JobProgress job={job} />}
        {report && <ul className={classes.verdicts} aria-label="In words">{comparisonSentences(report).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
      </div>
      <ComparedFigures overlay={overlay} differences={report?.differences ?? null} />
      <p className={classes.notes}>{differencesAssume}</p>
    </Panel>
  );
}

/** The text and the table to take along. */
function Kept({ report }: { report: ComparisonReport }) {
  return (
    <>
      <CopyButton text={comparisonSentences(report).join('\n')} label="Copy the words" />
      <Button size="compact-sm" variant="default" leftSection={<IconDownload size={15} />} onClick={() => saveFile('comparison.csv', new Blob([comparisonCsv(report)], { type: 'text/csv' }))}>CSV</Button>
    </>
  );
}

/** Starts the comparison where it was not made yet, and gives its report when it is done. */
function useComparison(references: readonly SystemReference[]) {
  const key = comparisonAddress(references);
  const [jobId, setJobId] = useDraft<string | null>(`compare.job.${key}`, null);
  const start = useTell('comparisons.start');
  const { mutate } = start;
  const begin = useCallback(() => {
    mutate({ systems: comparedSystems(key.slice('/compare/'.length)) }, { onSuccess: (started) => setJobId(started.jobId) });
  }, [mutate, key, setJobId]);
  useEffect(() => {
    if (jobId === null) begin();
  }, [jobId, begin]);
  const job = useJobs().find(({ id }) => id === jobId);
  const isDone = jobId !== null && job !== undefined && !isRunning(job);
  const { data: report, error } = useAsk('comparisons.get', { jobId: jobId ?? 'none' }, { enabled: isDone && job.state === 'done' });
  return { report, job, error: start.error ?? error ?? (isDone && job.state !== 'done' ? new Error(job.error?.message ?? 'The comparison was stopped.') : null), begin };
}
