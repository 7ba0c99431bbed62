import { Button, Group, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTell } from '../../desk/ask.ts';
import { useDraft } from '../../desk/use-draft.ts';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { ErrorNote } from '../../widgets/error-note.tsx';
import { FolderField } from '../../widgets/folder-field.tsx';
import classes from './evaluate.module.css';

/** Writes curves, scores, charts and the report into a folder on this machine. */
export function ExportButton({ evaluationId }: { evaluationId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [folder, setFolder] = useDraft('evaluate.export-folder', '');
  const write = useTell('evaluations.export');
  const close = (): void => {
    setOpen(false);
    write.reset();
  };
  return (
    <>
      <Button leftSection={<IconDownload size={16} />} onClick={() => setOpen(true)}>Export…</Button>
      <Modal opened={isOpen} onClose={close} title="Export the evaluation" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
        <p className={classes.words}>Curves, retrieval and scores as CSV, charts as SVG and the whole report as JSON, in a new folder.</p>
        <FolderField label="Below this folder" description="Left empty: in the data folder of the project." value={folder} onChange={setFolder} />
        <ErrorNote error={write.error} />
        {write.data && (
          <div className={classes.written}>
            <b>{write.data.files.length} files written to</b> <code>{write.data.folder}</code> <CopyButton text={write.data.folder} label="Copy the path" />
            <ul>{write.data.files.map((file) => <li key={file}>{file}</li>)}</ul>
          </div>
        )}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>Close</Button>
          <Button loading={write.isPending} onClick={() => write.mutate({ evaluationId, folder: folder.trim() || null })}>Write the files</Button>
        </Group>
      </Modal>
    </>
  );
}
