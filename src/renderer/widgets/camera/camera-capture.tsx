import { Button, Loader, Select, Switch } from '@mantine/core';
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PipelineName } from '../../../contract/requests/inspections.ts';
import { explain } from '../../desk/explain.ts';
import { Note } from '../note.tsx';
import { quantity } from '../../words/numbers.ts';
import classes from './camera.module.css';
import { grabFrame } from './grab-frame.ts';
import { LivePicture } from './live-picture.tsx';
import { useAutomatic } from './use-automatic.ts';
import { useCamera } from './use-camera.ts';
import { useGuidance } from './use-guidance.ts';

interface CameraCaptureProps {
  pipeline: PipelineName;
  onShot: (file: File) => void;
  onClose: () => void;
  /** How many pictures it takes by itself before it leaves the rest to the button. */
  wanted: number;
}

/** What was taken is compared: nothing of it may be lost to the encoding that the eye would not miss. */
const SHOT = { maxSide: 4096, quality: 0.95 };

/** A live camera with guidance; it takes the picture when that is good and still, or when the button is pressed. */
export function CameraCapture({ pipeline, onShot, onClose, wanted }: CameraCaptureProps) {
  const video = useRef<HTMLVideoElement>(null);
  const section = useRef<HTMLElement>(null);
  // The button that switched it on has gone: the keyboard goes on from here.
  useEffect(() => section.current?.focus(), []);
  const { camera, devices, choose, tryAgain } = useCamera(pipeline);
  const isLive = camera.state === 'live';
  const { guided, error } = useGuidance(video, { pipeline, isLive });
  const [isAutomatic, setAutomatic] = useState(true);
  const [shots, setShots] = useState(0);
  const shoot = useCallback(async () => {
    const frame = video.current && (await grabFrame(video.current, SHOT));
    if (!frame) return;
    setShots((before) => before + 1);
    onShot(new File([frame.blob], `camera ${timeWords(new Date())}.jpg`, { type: 'image/jpeg' }));
  }, [onShot]);
  useAutomatic(guided, isAutomatic && shots < wanted, shoot);
  if (camera.state === 'failed') {
    return (
      <Note kind="caution" title={camera.trouble.title}>
        {camera.trouble.words}
        <div className={classes.actions}>
          <Button size="compact-sm" variant="default" onClick={tryAgain}>Try again</Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>Use files</Button>
        </div>
      </Note>
    );
  }
  return (
    <section ref={section} tabIndex={-1} className={classes.capture} aria-label="Camera">
      {isLive
        ? <LivePicture pipeline={pipeline} video={video} stream={camera.stream} isMirrored={!camera.isFacingAway} guided={guided} shots={shots} isHolding={isAutomatic && shots < wanted} />
        : <div className={classes.frame}><Loader role="img" aria-label="The camera is starting" /></div>}
      <div className={classes.controls}>
        <Button leftSection={<IconCamera size={17} />} disabled={!isLive} onClick={() => void shoot()}>Take the picture</Button>
        <Button className={classes.off ?? ''} variant="subtle" color="gray" leftSection={<IconCameraOff size={16} />} onClick={onClose}>Switch off</Button>
        <Switch className={classes.automatic ?? ''} size="sm" label="By itself, when good and still" checked={isAutomatic} disabled={error !== null} onChange={(event) => setAutomatic(event.currentTarget.checked)} />
      </div>
      {devices.length > 1 && isLive && (
        <Select size="xs" label="Camera" data={devices.map(({ deviceId, label }, index) => ({ value: deviceId, label: label || `Camera ${index + 1}` }))} value={camera.deviceId} allowDeselect={false} onChange={(id) => id !== null && choose(id)} />
      )}
      <p className={classes.small}>
        {error === null ? 'Frames are looked at on this machine, and forgotten.' : `There is no guidance: ${explain(error).message}`}
        {wanted > 1 && shots > 0 && ` ${quantity(shots, 'picture')} taken${shots < wanted ? `; ${String(wanted - shots)} more will follow: move a little between them.` : '. More with the button.'}`}
      </p>
    </section>
  );
}

/** "14.03.27": a name for files on every system. */
const timeWords = (now: Date): string => [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, '0')).join('.');
