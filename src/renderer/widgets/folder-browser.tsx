import { ActionIcon, Button, Group, Modal, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFileText, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useAsk } from '../desk/ask.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './folder-field.module.css';

interface FolderBrowserProps {
  startPath: string | null;
  onChoose: (path: string) => void;
  onClose: () => void;
}

/** The folders of the machine that Likeness runs on, for hosts without a dialogue of their own. */
export function FolderBrowser({ startPath, onChoose, onClose }: FolderBrowserProps) {
  const [path, setPath] = useState(startPath);
  const { data, error } = useAsk('folders.list', { path }, { keepPrevious: true });
  return (
    <Modal opened onClose={onClose} title="Choose a folder or a CSV file" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.bar}>
        <ActionIcon variant="default" aria-label="One folder up" disabled={!data?.parent} onClick={() => setPath(data?.parent ?? null)}><IconArrowUp size={16} /></ActionIcon>
        <span className={classes.path}>{data?.path ?? path ?? '…'}</span>
      </div>
      <ErrorNote error={error}><Button size="compact-xs" variant="default" onClick={() => setPath(null)}>Start at home</Button></ErrorNote>
      <ul className={classes.entries} tabIndex={-1}>
        {data?.entries.length === 0 && <li className={classes.entry}>There are no folders and no CSV files here.</li>}
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
        <Button disabled={!data} onClick={() => data && onChoose(data.path)}>Choose this folder</Button>
      </Group>
    </Modal>
  );
}
