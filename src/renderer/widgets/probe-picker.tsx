import { Button } from '@mantine/core';
import { useCallback } from 'react';
import type { Upload } from '../desk/use-uploads.ts';
import { useDraft } from '../desk/use-draft.ts';
import { useUploads } from '../desk/use-uploads.ts';
import { DropArea } from './drop-area.tsx';
import { ErrorNote } from './error-note.tsx';
import { Picture } from './picture.tsx';
import classes from './probe-picker.module.css';
import { SampleStrip } from './sample-strip.tsx';

/** The picture that is compared: dropped, pasted, chosen, or one of the demo's test pictures. */
export interface Probe {
  readonly imageId: string;
  readonly name: string;
}

export function useProbe(place: string): [Probe | null, (probe: Probe | null) => void] {
  return useDraft<Probe | null>(`${place}.probe`, null);
}

interface ProbePickerProps {
  place: string;
  probe: Probe | null;
  onProbe: (probe: Probe | null) => void;
}

export function ProbePicker({ place, probe, onProbe }: ProbePickerProps) {
  const [upload, setUpload] = useDraft<Upload | null>(`${place}.upload`, null);
  const follow = useCallback((next: Upload) => {
    setUpload(next);
    if (next.state === 'there') onProbe({ imageId: next.image.imageId, name: next.fileName });
  }, [setUpload, onProbe]);
  const send = useUploads(follow);
  const onFiles = useCallback((files: File[]) => void send(files.slice(0, 1)), [send]);
  const isSending = upload?.state === 'sending';
  return (
    <div className={classes.picker}>
      {probe ? (
        <figure className={classes.chosen}>
          <div className={classes.frame}><Picture imageId={probe.imageId} alt={`Probe: ${probe.name}`} size={360} fit="whole" /></div>
          <figcaption className={classes.caption}>
            <span>{probe.name}</span>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onProbe(null)}>Take another</Button>
          </figcaption>
        </figure>
      ) : (
        <div className={classes.frame}>
          <DropArea onFiles={onFiles} label={isSending ? 'Reading the picture…' : 'Drop or paste the picture to compare'} />
        </div>
      )}
      {upload?.state === 'refused' && <ErrorNote error={upload.error} />}
      <SampleStrip chosen={probe?.imageId ?? null} onChoose={(next) => { setUpload(null); onProbe(next); }} />
    </div>
  );
}
