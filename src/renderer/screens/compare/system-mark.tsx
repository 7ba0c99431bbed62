import { dashOf } from '../../../charts/ink.ts';

/** The line that stands for a system in every chart of the page: its colour and its dash. */
export function SystemMark({ index }: { index: number }) {
  return (
    <svg width="28" height="8" aria-hidden="true" style={{ flex: 'none' }}>
      <line x1="0" x2="28" y1="4" y2="4" stroke={`var(--chart-system-${index + 1})`} strokeWidth="2.5" strokeDasharray={dashOf(index)} />
    </svg>
  );
}
