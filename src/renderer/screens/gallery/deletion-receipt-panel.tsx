import { Button, Group } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { DeletionReceipt } from '../../../contract/requests/gallery.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { FactList } from '../../widgets/fact-list.tsx';
import { Note } from '../../widgets/note.tsx';
import { Panel } from '../../widgets/panel.tsx';
import { instantWords } from '../../words/time.ts';

/** Proof of the deletion: what went, and what a query found afterwards. */
export function DeletionReceiptPanel({ name, receipt }: { name: string; receipt: DeletionReceipt }) {
  const text = JSON.stringify({ name, ...receipt }, null, 2);
  return (
    <Panel title={<Group gap={8}><IconReceipt size={18} stroke={1.6} />Receipt</Group>} actions={<CopyButton text={text} label="Copy the receipt" />}>
      <FactList facts={[
        ['Person', name], ['Deleted', instantWords(receipt.deletedAt)], ['Samples removed', receipt.samples], ['Templates removed', receipt.templates],
        ['Rows left, by a query afterwards', receipt.rowsLeft],
        ...(receipt.filesScanned === null ? [] : [['Files with any trace, by a scan of all', `${receipt.filesLeft ?? 0} of ${receipt.filesScanned}`] as const]),
        ...(receipt.signature === null ? [] : [['Signature', <code key="signature" style={{ overflowWrap: 'anywhere', fontSize: '0.75rem' }}>{receipt.signature}</code>] as const]),
        ['Reference', receipt.subjectId],
      ]} />
      {(receipt.filesLeft ?? 0) > 0 && (
        <Note kind="caution" title="Copies of this person are left">Likeness deletes no copies that somebody made, such as an export of the person. Look in the folder “exports” of the data folder.</Note>
      )}
      <Button component={Link} href="/gallery" variant="default" mt="md">To the gallery</Button>
    </Panel>
  );
}
