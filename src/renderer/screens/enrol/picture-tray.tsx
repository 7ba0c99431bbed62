import { ActionIcon, Loader } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { explain } from '../../desk/explain.ts';
import { Picture } from '../../widgets/picture.tsx';
import type { TrayItem } from './tray.ts';
import classes from './enrol.module.css';

interface PictureTrayProps {
  items: readonly TrayItem[];
  onRemove: (key: string) => void;
  children: ReactNode;
}

export function PictureTray({ items, onRemove, children }: PictureTrayProps) {
  return (
    <>
      <ul className={classes.tray}>
        {items.map((item) => (
          <li key={item.key} className={classes.item} data-refused={reasonOf(item) !== null || undefined}>
            <div className={classes.face}>
              {item.upload.state === 'sending' ? <div className={classes.sending}><Loader size="sm" aria-label="Reading" /></div> : <Picture imageId={item.upload.state === 'there' ? item.upload.image.imageId : null} alt="" size={180} />}
            </div>
            <ActionIcon className={classes.remove ?? ''} variant="default" size="sm" onClick={() => onRemove(item.key)} aria-label={`Take ${item.upload.fileName} away`}><IconX size={14} /></ActionIcon>
            <div className={classes.fileName}>{item.upload.fileName}</div>
            <div className={classes.reason}>{reasonOf(item) ?? sizeWords(item)}</div>
          </li>
        ))}
      </ul>
      {children}
    </>
  );
}

function reasonOf({ upload, reason }: TrayItem): string | null {
  return upload.state === 'refused' ? explain(upload.error).message : reason;
}

function sizeWords({ upload }: TrayItem): string {
  return upload.state === 'there' ? `${upload.image.width} × ${upload.image.height} ${upload.image.format}` : '';
}
