import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { bridge } from '../bridge.ts';
import classes from './picture.module.css';

interface PictureProps {
  imageId: string | null;
  /** What it shows, for those who do not see it; empty where the words stand beside it. */
  alt: string;
  /** Longest side to fetch, in CSS pixels; twice that on a fine screen. */
  size: number;
  /** `cover` fills a square and may cut; `whole` shows everything. */
  fit?: 'cover' | 'whole';
}

/** A picture of the desk by its opaque id: fetched when it comes near the screen, its room kept free until then. */
export function Picture({ imageId, alt, size, fit = 'cover' }: PictureProps) {
  const [failedId, setFailedId] = useState<string | null>(null);
  const pixels = Math.min(1024, Math.ceil(size * Math.min(2, window.devicePixelRatio || 1)));
  return (
    <span className={classes.picture} data-fit={fit}>
      {imageId === null || failedId === imageId
        ? <IconPhotoOff className={classes.missing ?? ''} size={Math.min(28, size / 2)} stroke={1.4} role="img" aria-label={alt || 'No picture'} />
        : <img className={classes.image} src={bridge.imageUrl(imageId, pixels)} alt={alt} loading="lazy" decoding="async" draggable={false} onError={() => setFailedId(imageId)} />}
    </span>
  );
}
