import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCallback, useState } from 'react';
import type { Upload } from '../desk/use-uploads.ts';
import { useDraft } from '../desk/use-draft.ts';
import { usePipeline } from '../desk/use-pipeline.ts';
import { useUploads } from '../desk/use-uploads.ts';
import { ErrorNote } from './error-note.tsx';
import { PictureSource } from './picture-source.tsx';
import classes from './probe-picker.module.css';
import { SampleStrip } from './sample-strip.tsx';
import { FingerField } from './seen/finger-field.tsx';
import { MiddleNote } from './seen/middle-note.tsx';
import { SeenPicture } from './seen/seen-picture.tsx';
import { SeenWords } from './seen/seen-words.tsx';
import { SeveralField } from './seen/several-field.tsx';
import { useShown } from './seen/use-shown.ts';

/** The picture that is compared: taken, dropped, pasted, chosen, or one of the demo's test pictures. */
export interface Probe {
  readonly imageId: string;
  readonly name: string;
}

export function useProbe(place: string): [Probe | null, (probe: Probe | null) => void] {
  return useDraft<Probe | null>(`${place}.probe`, null);
}

interface ProbePickerProps {
  place: 'verify' | 'identify';
  probe: Probe | null;
  onProbe: (probe: Probe | null) => void;
}

export function ProbePicker({ place, probe, onProbe }: ProbePickerProps) {
  const [upload, setUpload] = useDraft<Upload | null>(`${place}.upload`, null);
  // Not a draft: a camera is never on because it was on before.
  const [isCameraOn, setCameraOn] = useState(false);
  const follow = useCallback((next: Upload) => {
    setUpload(next);
    if (next.state === 'there') onProbe({ imageId: next.image.imageId, name: next.fileName });
  }, [setUpload, onProbe]);
  const send = useUploads(follow);
  const onFiles = useCallback((files: File[]) => void send(files.slice(0, 1)), [send]);
  const takeAnother = (withCamera: boolean): void => {
    setCameraOn(withCamera);
    onProbe(null);
  };
  const isSending = upload?.state === 'sending';
  return (
    <div className={classes.picker}>
      {probe ? (
        <ChosenProbe place={place} probe={probe}>
          {isCameraOn && <Button size="compact-xs" variant="light" onClick={() => takeAnother(true)}>Retake</Button>}
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => takeAnother(false)}>Take another</Button>
        </ChosenProbe>
      ) : (
        <div className={classes.source} data-camera={isCameraOn || undefined}>
          <PictureSource isCameraOn={isCameraOn} onCamera={setCameraOn} onFiles={onFiles} label={isSending ? 'Reading the picture…' : 'Drop or paste the picture to compare'} />
        </div>
      )}
      {upload?.state === 'refused' && <ErrorNote error={upload.error} />}
      <SampleStrip chosen={probe?.imageId ?? null} onChoose={(next) => { setUpload(null); setCameraOn(false); onProbe(next); }} />
    </div>
  );
}

function ChosenProbe({ place, probe: { imageId, name }, children }: { place: ProbePickerProps['place']; probe: Probe; children: ReactNode }) {
  const pipeline = usePipeline();
  const shown = useShown(place);
  return (
    <figure className={classes.chosen}>
      <div className={classes.frame}><SeenPicture imageId={imageId} pipeline={pipeline} alt={`Probe: ${name}`} size={360} /></div>
      <figcaption>
        <div className={classes.caption}><span>{name}</span>{children}</div>
        <SeenWords imageId={imageId} pipeline={pipeline} name={name} />
        <SeveralField place={place} imageIds={[imageId]} shown={shown} />
        <FingerField shown={shown} />
        <MiddleNote />
      </figcaption>
    </figure>
  );
}
