import { Tooltip, UnstyledButton } from '@mantine/core';
import { Picture } from '../../widgets/picture.tsx';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';

interface SampleTileProps {
  place: number;
  size: number;
  /** What it is to another sample; drawn as its border. */
  kind?: 'mated' | 'non-mated';
  caption?: string;
}

/** A sample that can be looked at; one whose label is marked as wrong shows so. */
export function SampleTile({ place, size, kind, caption }: SampleTileProps) {
  const { samples, marks, look } = useExplored();
  const sample = samples[place];
  if (sample === undefined) return null;
  const isMarked = marks.has(sample.path);
  return (
    <Tooltip label={`${sample.subject}, ${sample.path}${isMarked ? ', label marked as wrong' : ''}`}>
      <UnstyledButton className={classes.tile ?? ''} data-kind={kind} data-marked={isMarked || undefined} onClick={() => look({ kind: 'sample', sample: place })} aria-label={`Look at ${sample.path}, ${sample.subject}${caption ? `, ${caption}` : ''}`}>
        <span className={classes.tilePicture}><Picture imageId={sample.imageId} alt="" size={size} /></span>
        {caption && <span className={classes.tileCaption}>{caption}</span>}
      </UnstyledButton>
    </Tooltip>
  );
}
