import { ActionIcon, Button, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFileText, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import type { ShownFiles } from '../../contract/requests/desk.ts';
import { useAsk } from '../desk/ask.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './folder-field.module.css';

interface FolderBrowserProps {
  startPath: string | null;
  /** What is looked for: a folder (or the CSV file that lists one), or a backup. */
  files: ShownFiles;
  onChoose: (path: string) => void;
  onClose: () => void;
}

/** The folders of the machine that Likeness runs on, for hosts without a dialogue of their own. */
export function FolderBrowser({ startPath, files, onChoose, onClose }: FolderBrowserProps) {
  const [path, setPath] = useState(startPath);
  const { data, error } = useAsk('folders.list', { path, files }, { keepPrevious: true });
  return (
    <Modal opened onClose={onClose} title={files === 'csv' ? 'Choose a folder or a CSV file' : 'Choose a backup'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.bar}>
        <ActionIcon variant="default" aria-label="One folder up" disabled={!data?.parent} onClick={() => setPath(data?.parent ?? null)}><IconArrowUp size={16} /></ActionIcon>
        <span className={classes.path}>{data?.path ?? path ?? '…'}</span>
      </div>
      <ErrorNote error={error}><Button size="compact-xs" variant="default" onClick={() => setPath(null)}>Start at home</Button></ErrorNote>
      <ul className={classes.entries} tabIndex={-1}>
        {data?.entries.length === 0 && <li className={classes.entry}>There are no folders and no {files === 'csv' ? 'CSV files' : 'backups'} here.</li>}
        {data?.entries.map((entry) => (
          <li key={entry.path}>
            <UnstyledButton className={classes.entry ?? ''} data-kind={entry.kind} onClick={() => (entry.kind === 'folder' ? setPath(entry.path) : onChoose(entry.path))}>
              {entry.kind === 'folder' ? <IconFolder size={17} stroke={1.6} /> : <IconFileText size={17} stroke={1.6} />}
              {entry.name}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        {files === 'csv' && <Button disabled={!data} onClick={() => data && onChoose(data.path)}>Choose this folder</Button>}
      </Group>
    </Modal>
  );
}
