import { ActionIcon, Loader } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { explain } from '../../desk/explain.ts';
import { usePipeline } from '../../desk/use-pipeline.ts';
import { Picture } from '../../widgets/picture.tsx';
import { SeenPicture } from '../../widgets/seen/seen-picture.tsx';
import { SeenWords } from '../../widgets/seen/seen-words.tsx';
import type { TrayItem } from './tray.ts';
import classes from './enrol.module.css';

interface PictureTrayProps {
  items: readonly TrayItem[];
  onRemove: (key: string) => void;
}

export function PictureTray({ items, onRemove }: PictureTrayProps) {
  const pipeline = usePipeline();
  return (
    <ul className={classes.tray}>
      {items.map((item) => (
        <li key={item.key} className={classes.item} data-refused={reasonOf(item) !== null || undefined}>
          <div className={classes.face}>
            {item.upload.state === 'sending' && <Loader size="sm" role="img" aria-label="Reading" />}
            {item.upload.state === 'refused' && <Picture imageId={null} alt="" size={180} />}
            {item.upload.state === 'there' && <SeenPicture imageId={item.upload.image.imageId} pipeline={pipeline} alt="" size={180} />}
          </div>
          <ActionIcon className={classes.remove ?? ''} variant="default" size="sm" onClick={() => onRemove(item.key)} aria-label={`Take ${item.upload.fileName} away`}><IconX size={14} /></ActionIcon>
          <div className={classes.fileName}>{item.upload.fileName}</div>
          <div className={classes.reason}>{reasonOf(item) ?? sizeWords(item)}</div>
          {item.upload.state === 'there' && <SeenWords imageId={item.upload.image.imageId} pipeline={pipeline} name={item.upload.fileName} />}
        </li>
      ))}
    </ul>
  );
}

function reasonOf({ upload, reason }: TrayItem): string | null {
  return upload.state === 'refused' ? explain(upload.error).message : reason;
}

function sizeWords({ upload }: TrayItem): string {
  return upload.state === 'there' ? `${upload.image.width} × ${upload.image.height} ${upload.image.format}` : '';
}
