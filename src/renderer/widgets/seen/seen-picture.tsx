import type { PipelineName } from '../../../contract/requests/inspections.ts';
import { useAsk } from '../../desk/ask.ts';
import { Picture } from '../picture.tsx';
import { SeenOutlines } from './seen-outlines.tsx';
import classes from './seen.module.css';

interface SeenPictureProps {
  imageId: string;
  pipeline: PipelineName;
  alt: string;
  /** Longest side on the screen, in CSS pixels. */
  size: number;
}

/** A whole picture with boxes and landmarks on what the machine saw in it. */
export function SeenPicture({ imageId, pipeline, alt, size }: SeenPictureProps) {
  const { data } = useAsk('images.look', { picture: { imageId }, pipeline });
  return (
    <span className={classes.seen}>
      <Picture imageId={imageId} alt={alt} size={size} fit="whole" />
      {data && <SeenOutlines look={data} size={size} isNamed={data.samples.length > 1} />}
    </span>
  );
}
