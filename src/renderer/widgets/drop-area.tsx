import { Button } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconPhotoPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './drop-area.module.css';

interface DropAreaProps {
  onFiles: (files: File[]) => void;
  multiple?: boolean;
  isCompact?: boolean;
  label: string;
  children?: ReactNode;
}

/** Takes pictures that are dropped, pasted or chosen. What they are is for the desk to judge, not for the file's name. */
export function DropArea({ onFiles, multiple = false, isCompact = false, label, children }: DropAreaProps) {
  const open = useRef<() => void>(null);
  usePaste(onFiles);
  return (
    <Dropzone onDrop={onFiles} enablePointerEvents multiple={multiple} openRef={open} activateOnClick={false} activateOnKeyboard={false} className={classes.area ?? ''} data-compact={isCompact || undefined} inputProps={{ 'aria-label': label }}>
      <div className={classes.inner}>
        {!isCompact && <IconPhotoPlus size={30} stroke={1.3} className={classes.icon ?? ''} />}
        <span className={classes.words}>{label}</span>
        <div className={classes.buttons}>
          <Button variant={isCompact ? 'subtle' : 'default'} size="compact-sm" onClick={() => open.current?.()}>
            {multiple ? 'Choose pictures' : 'Choose a picture'}
          </Button>
          {children}
        </div>
      </div>
    </Dropzone>
  );
}

function usePaste(onFiles: (files: File[]) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [onFiles]);
}
