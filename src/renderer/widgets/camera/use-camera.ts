import { useCallback, useEffect, useState } from 'react';
import type { PipelineName } from '../../../contract/requests/inspections.ts';
import type { CameraTrouble } from './camera-trouble.ts';
import { cameraUnplugged, noCameraHere, troubleOf } from './camera-trouble.ts';

export type CameraState =
  | { readonly state: 'starting' }
  | { readonly state: 'live'; readonly stream: MediaStream; readonly deviceId: string | null; readonly isFacingAway: boolean }
  | { readonly state: 'failed'; readonly trouble: CameraTrouble };

export interface Camera {
  readonly camera: CameraState;
  /** Every camera of the machine; their names are known once one has been allowed. */
  readonly devices: readonly MediaDeviceInfo[];
  choose(deviceId: string): void;
  tryAgain(): void;
}

/** Ridges need all the pixels there are; a face is larger than its model needs in any picture. */
const wished: Record<PipelineName, MediaTrackConstraints> = {
  face: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' },
  finger: { width: { ideal: 1920 }, height: { ideal: 1080 }, facingMode: 'environment' },
};

/** A camera that is on as long as the component that asks is there. It is off when that leaves. */
export function useCamera(pipeline: PipelineName): Camera {
  const [chosen, setChosen] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [camera, setCamera] = useState<CameraState>({ state: 'starting' });
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    let isWanted = true;
    let stream: MediaStream | null = null;
    setCamera({ state: 'starting' });
    const fail = (trouble: CameraTrouble): void => {
      if (isWanted) setCamera({ state: 'failed', trouble });
    };
    open(pipeline, chosen).then(async (opened) => {
      stream = opened;
      if (!isWanted) return stop(opened);
      const [track] = opened.getVideoTracks();
      track?.addEventListener('ended', () => fail(cameraUnplugged));
      const { deviceId = null, facingMode } = track?.getSettings() ?? {};
      setCamera({ state: 'live', stream: opened, deviceId, isFacingAway: facingMode === 'environment' });
      const found = await listCameras();
      if (isWanted) setDevices(found);
    }).catch((error: unknown) => fail(error instanceof NoCameras ? noCameraHere : troubleOf(error)));
    return () => {
      isWanted = false;
      stop(stream);
    };
  }, [pipeline, chosen, attempt]);
  useEffect(() => {
    const onChange = (): void => void listCameras().then(setDevices);
    navigator.mediaDevices?.addEventListener('devicechange', onChange);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', onChange);
  }, []);
  return { camera, devices, choose: setChosen, tryAgain: useCallback(() => setAttempt((before) => before + 1), []) };
}

class NoCameras extends Error {}

async function open(pipeline: PipelineName, deviceId: string | null): Promise<MediaStream> {
  // Undefined outside of secure contexts, whatever the types say.
  if ((navigator.mediaDevices as MediaDevices | undefined) === undefined) throw new NoCameras();
  const { facingMode, ...size } = wished[pipeline];
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...(deviceId === null ? { facingMode: facingMode! } : { deviceId: { exact: deviceId } }) } });
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

async function listCameras(): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter(({ kind }) => kind === 'videoinput');
}
