import { Button, Group, Stack, Table } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Holding, ScanReport } from '../../../contract/requests/deletion.ts';
import type { RequestOutput } from '../../../contract/requests.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Note } from '../../widgets/note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { quantity } from '../../words/numbers.ts';
import { instantWords } from '../../words/time.ts';
import classes from './gallery.module.css';

export type Deleted = RequestOutput<'subjects.delete'>;

/** Proof of the deletion: what went, and what a query and a scan of all files found afterwards. */
export function DeletionReceiptPanel({ name, deleted }: { name: string; deleted: Deleted }) {
  const { remains, unread, exportsElsewhere, ...receipt } = deleted;
  const text = JSON.stringify({ name, ...receipt }, null, 2);
  return (
    <Panel title={<Group gap={8}><IconReceipt size={18} stroke={1.6} />Receipt</Group>} actions={<CopyButton text={text} label="Copy the receipt" />}>
      <Stack gap="md" align="stretch">
        <FactList facts={[
          ['Person', name], ['Deleted', instantWords(receipt.deletedAt)], ['Samples removed', receipt.samples], ['Templates removed', receipt.templates],
          ['Rows left, by a query afterwards', receipt.rowsLeft],
          ...(receipt.scan === null ? [] : [['Scanned in the data folder', placesWords(receipt.scan)] as const]),
          ...(receipt.filesScanned === null ? [] : [['Files with any trace, by that scan', `${remains.length} of ${receipt.filesScanned}`] as const]),
          ...(receipt.scan === null || receipt.scan.tables.length === 0 ? [] : [['Same name in datasets, trainings, evaluations', receipt.scan.tables.map(({ table, rows }) => `${table} (${quantity(rows, 'row')})`).join(', ')] as const]),
          ...(receipt.signature === null ? [] : [['Signature', <code key="signature" className={classes.signature}>{receipt.signature}</code>] as const]),
          ['Reference', receipt.subjectId],
        ]} />
        {remains.length > 0 && (
          <Note kind="caution" title={`${quantity(remains.length, 'file')} still with something of this person`}>
            Likeness deletes no copies that somebody made, such as an export of the person, and no datasets. They lie in the data folder:
            <RemainsTable remains={remains} />
          </Note>
        )}
        {unread.length > 0 && <Note kind="caution" title={`${quantity(unread.length, 'file or folder', 'files or folders')} that could not be read`}>The system did not allow it, so look there by hand: {unread.slice(0, mostShown).join(', ')}{unread.length > mostShown && ` and ${String(unread.length - mostShown)} more`}.</Note>}
        {exportsElsewhere > 0 && <Note kind="caution" title={`${quantity(exportsElsewhere, 'export')} of this person outside of the data folder`}>Nobody looked there: delete what was made. The audit says when, and by whom.</Note>}
        <Group><Button component={Link} href="/gallery" variant="default">To the gallery</Button></Group>
      </Stack>
    </Panel>
  );
}

const mostShown = 50;
const holdingWords: Record<Holding, string> = { pieces: 'pictures or templates', name: 'the name', reference: 'the reference' };

function RemainsTable({ remains }: Pick<Deleted, 'remains'>) {
  return (
    <Table.ScrollContainer minWidth={280} maxHeight={240}>
      <Table>
        <Table.Thead><Table.Tr><Table.Th>File</Table.Th><Table.Th>What it holds</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {remains.slice(0, mostShown).map(({ file, holds }) => <Table.Tr key={file}><Table.Td className={classes.file}>{file}</Table.Td><Table.Td>{holds.map((what) => holdingWords[what]).join(', ')}</Table.Td></Table.Tr>)}
          {remains.length > mostShown && <Table.Tr><Table.Td colSpan={2}>and {quantity(remains.length - mostShown, 'file')} more</Table.Td></Table.Tr>}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function placesWords({ places }: ScanReport): string {
  return places.map(({ place, files }) => (files === 1 ? place : `${place} (${files})`)).join(', ');
}
