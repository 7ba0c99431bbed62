import { useEffect, useRef } from 'react';
import { heldShare } from './guide.ts';
import type { Guided } from './use-guidance.ts';

/** After a picture a person wants to hear about it and change a little before the next. */
const BETWEEN_MS = 1800;

/** Takes a picture when what is seen has been good and still for a moment. */
export function useAutomatic(guided: Guided | null, isOn: boolean, shoot: () => void): void {
  const nextAfterMs = useRef(0);
  useEffect(() => {
    const now = performance.now();
    if (!isOn || guided === null || now < nextAfterMs.current || heldShare(guided.guidance, now) < 1) return;
    nextAfterMs.current = now + BETWEEN_MS;
    shoot();
  }, [guided, isOn, shoot]);
}
