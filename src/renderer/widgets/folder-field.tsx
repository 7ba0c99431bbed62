import { Button, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { bridge } from '../bridge.ts';
import type { ShownFiles } from '../../contract/requests/desk.ts';
import { folderOf } from '../words/paths.ts';
import { FolderBrowser } from './folder-browser.tsx';
import classes from './folder-field.module.css';

interface FolderFieldProps {
  label: string;
  description?: string;
  /** An example of a path. */
  placeholder?: string;
  value: string;
  onChange: (path: string) => void;
  /** 'backup': a file with this ending is wanted, which the system's folder dialogue cannot choose. */
  files?: ShownFiles;
}

/** A path that can be typed, or found: by the system's dialogue where there is one, else by looking through the folders. */
export function FolderField({ label, description, placeholder = '/home/me/pictures', value, onChange, files = 'csv' }: FolderFieldProps) {
  const [isBrowsing, setBrowsing] = useState(false);
  const browse = async (): Promise<void> => {
    if (!bridge.chooseFolder || files === 'backup') return setBrowsing(true);
    const path = await bridge.chooseFolder();
    if (path !== null) onChange(path);
  };
  return (
    <div className={classes.field}>
      <TextInput label={label} description={description} placeholder={placeholder} value={value} spellCheck={false} className={classes.input ?? ''} onChange={(event) => onChange(event.currentTarget.value)} />
      <Button variant="default" leftSection={<IconFolderOpen size={16} />} onClick={() => void browse()}>Browse</Button>
      {isBrowsing && <FolderBrowser files={files} startPath={(files === 'backup' ? folderOf(value.trim()) : value.trim()) || null} onClose={() => setBrowsing(false)} onChoose={(path) => { onChange(path); setBrowsing(false); }} />}
    </div>
  );
}
