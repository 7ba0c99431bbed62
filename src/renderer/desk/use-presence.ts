import { useEffect } from 'react';
import { bridge } from '../bridge.ts';

/** So often at most the desk hears that somebody is here. */
const tellEveryMs = 20_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Tells the desk that somebody is at the window, so that it does not lock itself under their hands. */
export function usePresence(): void {
  useEffect(() => {
    let told = 0;
    const tell = (): void => {
      if (performance.now() - told < tellEveryMs && told !== 0) return;
      told = performance.now();
      // A desk that cannot be heard says so itself, in the banner.
      bridge.ask('protection.touch', {}).catch(() => undefined);
    };
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, tell);
    };
  }, []);
}
