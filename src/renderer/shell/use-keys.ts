import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { welcome } from './places.ts';
import { usePlaceGroups } from './use-places.ts';

interface Actions { onHelp: () => void; onJobs: () => void }

const SEQUENCE_MS = 1500;

/** `?` shows the keys, `j` the jobs, `g` and a letter goes to a place, `/` to the search field. Silent while someone types. */
export function useKeys({ onHelp, onJobs }: Actions): void {
  const [, navigate] = useLocation();
  const groups = usePlaceGroups();
  const places = useRef([welcome]);
  useEffect(() => { places.current = [welcome, ...groups.flatMap((group) => group.places)]; });
  const wentAt = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const isSecond = event.timeStamp - wentAt.current < SEQUENCE_MS;
      wentAt.current = 0;
      const place = isSecond ? places.current.find(({ key }) => key === event.key) : undefined;
      if (place) navigate(place.address);
      else if (event.key === 'g') wentAt.current = event.timeStamp;
      else if (event.key === '?') onHelp();
      else if (event.key === 'j') onJobs();
      else if (event.key === '/') focusSearch();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, onHelp, onJobs]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type=search]')?.focus();
}
