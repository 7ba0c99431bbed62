import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { RequestError } from '../../../contract/request-error.ts';
import type { Look, PipelineName } from '../../../contract/requests/inspections.ts';
import { bridge } from '../../bridge.ts';
import { useAsk } from '../../desk/ask.ts';
import { grabFrame } from './grab-frame.ts';
import type { Guidance } from './guide.ts';
import { guide } from './guide.ts';

export interface Guided {
  readonly look: Look;
  readonly guidance: Guidance;
}

/** Longest side of the frames that are looked at: a detector sees less, and ridges need more. */
const lookSide: Record<PipelineName, number> = { face: 640, finger: 1280 };
const FRAME_QUALITY = 0.85;
/** Looks begin at most this often, so that a quick machine has time for other things. */
const EVERY_MS = 120;
const AFTER_FAILURE_MS = 2000;

/**
 * Looks at the video again and again, one frame at a time, and says what is seen; null before the first. `error` is why it cannot look:
 * without models it gives up, everything else it tries again.
 */
export function useGuidance(video: RefObject<HTMLVideoElement | null>, { pipeline, isLive }: { pipeline: PipelineName; isLive: boolean }): { guided: Guided | null; error: unknown } {
  const [guided, setGuided] = useState<Guided | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { data: policy } = useAsk('policy.get', {});
  const least = useRef(0);
  least.current = policy?.minimumQuality ?? 0;
  useEffect(() => {
    setGuided(null);
    setError(null);
    if (!isLive) return;
    const watch = new AbortController();
    const follow = async (): Promise<void> => {
      let before: Guidance | null = null;
      while (!watch.signal.aborted) {
        const startedMs = performance.now();
        try {
          const look = video.current && !document.hidden ? await lookAt(video.current, pipeline) : null;
          if (watch.signal.aborted) return;
          if (look !== null) {
            before = guide(before, look, { pipeline, atMs: performance.now(), leastQuality: least.current });
            setGuided({ look, guidance: before });
            setError(null);
          }
        } catch (problem) {
          if (watch.signal.aborted) return;
          if (!isOvertaken(problem)) setError(problem);
          if (problem instanceof RequestError && problem.code === 'no-model') return;
          await pause(isOvertaken(problem) ? 0 : AFTER_FAILURE_MS);
        }
        await pause(startedMs + EVERY_MS - performance.now());
      }
    };
    void follow();
    return () => watch.abort();
  }, [video, pipeline, isLive]);
  return { guided, error };
}

async function lookAt(video: HTMLVideoElement, pipeline: PipelineName): Promise<Look | null> {
  const frame = await grabFrame(video, { maxSide: lookSide[pipeline], quality: FRAME_QUALITY });
  if (frame === null) return null;
  const bytes = new Uint8Array(await frame.blob.arrayBuffer());
  return bridge.ask('images.look', { picture: { bytes, reduction: frame.reduction }, pipeline });
}

/** Another window's frame came first: nothing is wrong. */
const isOvertaken = (problem: unknown): boolean => problem instanceof RequestError && problem.code === 'cancelled';

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, durationMs)));
