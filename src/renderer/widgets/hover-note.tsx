import type { ReactNode } from 'react';
import classes from './hover-note.module.css';

interface Spot {
  x: number;
  y: number;
  /** Where the note has room: beside the spot, and in height from its top, its middle or its foot. */
  side: 'left' | 'right';
  from?: 'top' | 'middle' | 'foot';
}

const heights = { top: '0', middle: '-50%', foot: '-100%' };

/** What is said beside a point of a chart, in pixels of the chart; `picture` stands before the words. */
export function HoverNote({ spot: { x, y, side, from = 'middle' }, picture, children }: { spot: Spot; picture?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.note} style={{ transform: `translate(${x}px, ${y}px) translate(${side === 'left' ? 'calc(-100% - 16px)' : '16px'}, ${heights[from]})` }} aria-live="polite">
      {picture && <span className={classes.picture}>{picture}</span>}
      <div>{children}</div>
    </div>
  );
}
