import type { CSSProperties, RefObject } from 'react';
import { useEffect } from 'react';
import type { PipelineName } from '../../../contract/requests/inspections.ts';
import { asSentence } from '../seen/quality-words.ts';
import { QualityMark } from '../seen/quality-mark.tsx';
import { SeenOutlines } from '../seen/seen-outlines.tsx';
import classes from './camera.module.css';
import { HOLD_MS } from './guide.ts';
import type { Guided } from './use-guidance.ts';

interface LivePictureProps {
  pipeline: PipelineName;
  video: RefObject<HTMLVideoElement | null>;
  stream: MediaStream;
  /** As in a mirror, where the camera faces the person. The pictures that are taken are not. */
  isMirrored: boolean;
  guided: Guided | null;
  /** Pictures taken so far: each is answered with a moment of light. */
  shots: number;
  /** Whether being good and still leads to a picture: then the wait for it is shown. */
  isHolding: boolean;
}

/** Width by height, until the camera says its own. */
const USUAL_SHAPE = 4 / 3;

/** About how wide the picture is, in CSS pixels. */
const SHOWN_SIDE = 440;

/** The video, what the machine sees in it, and what to do, in words. */
export function LivePicture({ pipeline, video, stream, isMirrored, guided, shots, isHolding }: LivePictureProps) {
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    return () => { element.srcObject = null; };
  }, [video, stream]);
  const { width, height } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  const guidance = guided?.guidance ?? null;
  const isStill = guidance !== null && guidance.stillSinceMs !== null;
  return (
    <>
      <div className={classes.frame} style={{ '--shape': width && height ? width / height : USUAL_SHAPE } as CSSProperties}>
        <div className={classes.view} data-mirrored={isMirrored || undefined}>
          <video ref={video} className={classes.video} autoPlay muted playsInline aria-label="What the camera sees" />
          {guided && <SeenOutlines look={guided.look} size={SHOWN_SIDE} />}
        </div>
        {shots > 0 && <span key={shots} className={classes.flash} aria-hidden="true" />}
        {guidance && (
          <div className={classes.advice} data-good={guidance.isGood || undefined}>
            <span role="status">{guidance.advice}</span>
            {isHolding && isStill && <span className={classes.hold} style={{ animationDuration: `${HOLD_MS}ms` }} aria-hidden="true" />}
          </div>
        )}
      </div>
      <div className={classes.judged}>
        {guidance === null && <span className={classes.small}>Looking…</span>}
        {pipeline === 'face'
          ? guidance?.sample && <QualityMark quality={guidance.sample.quality} />
          : guided?.look.samples.map(({ label, quality }) => <QualityMark key={label} label={asSentence(label)} quality={quality} />)}
      </div>
    </>
  );
}
