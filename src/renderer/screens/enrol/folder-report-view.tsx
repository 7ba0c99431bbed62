import { Button, CloseButton, Skeleton, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useAsk } from '../../desk/ask.ts';
import { saveFile } from '../../desk/save-file.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { asSentence } from '../../widgets/seen/quality-words.ts';
import { countWords, percentWords, quantity } from '../../words/numbers.ts';
import classes from './enrol.module.css';
import type { Refusal } from './folder-report.ts';
import { folderReport, refusalsCsv } from './folder-report.ts';

/** Rows that are shown; the file has all of them. */
const SHOWN = 200;

/** What became of a folder: figures with their counts, and each picture that was refused with its reason. */
export function FolderReportView({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const { data: job, error } = useAsk('jobs.get', { jobId });
  if (error) return <ErrorNote error={error} />;
  if (!job) return <Skeleton height={80} radius="md" />;
  const report = folderReport(job);
  if (report === null) return <p className={classes.small}>{job.message} What had been enrolled before it ended stays enrolled.</p>;
  return (
    <section className={classes.report} role="status" aria-label="Report of the folder">
      <div className={classes.reportTop}>
        <dl className={classes.figures}>
          <Figure name="Enrolled" value={quantity(report.enrolled, 'picture')} />
          {report.enrolledBefore > 0 && <Figure name="Enrolled before" value={quantity(report.enrolledBefore, 'picture')} />}
          <Figure name="Refused" value={shareWords(report.failedToEnrol, report.attempts, 'pictures')} />
          <Figure name="Failure-to-enrol rate" value={shareWords(report.peopleNotEnrolled, report.people, 'people')} />
        </dl>
        <Button size="compact-sm" variant="default" component={Link} href="/gallery">See the gallery</Button>
        <CloseButton onClick={onClose} aria-label="Close the report" />
      </div>
      {report.refused.length > 0 && <Refusals refused={report.refused} />}
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}

/** "11.8 % (2 of 17 pictures)". */
function shareWords(count: number, total: number, what: string): string {
  const share = total === 0 ? '' : `${percentWords(count / total, total)} `;
  return `${share}(${countWords(count)} of ${countWords(total)} ${what})`;
}

function Refusals({ refused }: { refused: readonly Refusal[] }) {
  const csv = refusalsCsv(refused);
  return (
    <>
      <div className={classes.refusals} tabIndex={0} role="group" aria-label="Pictures that were refused">
        <Table stickyHeader>
          <Table.Thead><Table.Tr><Table.Th>Picture</Table.Th><Table.Th>Why it was refused</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {refused.slice(0, SHOWN).map(({ file, reason }) => <Table.Tr key={file}><Table.Td className={classes.path ?? ''}>{file}</Table.Td><Table.Td>{asSentence(reason)}</Table.Td></Table.Tr>)}
          </Table.Tbody>
        </Table>
      </div>
      <div className={classes.next}>
        <CopyButton text={csv} label="Copy as CSV" />
        <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconDownload size={13} />} onClick={() => saveFile('not-enrolled.csv', new Blob([csv], { type: 'text/csv' }))}>Save as CSV</Button>
        {refused.length > SHOWN && <span className={classes.small}>The first {SHOWN} of {countWords(refused.length)} are shown; the CSV has all.</span>}
      </div>
    </>
  );
}
