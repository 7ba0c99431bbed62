import * as Plot from '@observablehq/plot';
import { draw } from './draw.ts';
import type { Chart, Frame } from './frame.ts';
import { dashOf } from './ink.ts';
import { keyMark } from './key-mark.ts';
import { numberTick, percentTick } from './tick-words.ts';

/** The error that is left when the comparisons of lowest quality are set aside: steps, ascending in the share discarded. */
export interface DiscardSteps {
  readonly steps: readonly { readonly discarded: number; readonly error: number }[];
  /** What is read as quality. */
  readonly column: string;
}

const HEADROOM = 1.35; // above the curve, where the key stands

/**
 * Error-versus-discard characteristic (Grother and Tabassi, 2007). A good quality measure falls at once; one that knows nothing stays
 * level with all comparisons; the ideal one discards errors first.
 */
export function discardChart({ steps, column }: DiscardSteps, frame: Frame): Chart {
  const { ink } = frame;
  const level = steps[0]?.error ?? 0;
  const last = steps.at(-1);
  const drawn = last === undefined ? [] : [...steps, { discarded: 1, error: last.error }]; // the best that are kept reach to the end
  const most = Math.max(1e-4, ...steps.map(({ error }) => error)) * HEADROOM;
  const ideal = Array.from({ length: 101 }, (_, at) => at / 100).filter((share) => share < 1).map((share) => ({ discarded: share, error: Math.max(0, (level - share) / (1 - share)) }));
  return draw(`Error versus discard by ${column}.`, {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { domain: [0, 1], ticks: 6, tickFormat: (share: number) => `${numberTick(Math.round(100 * share))} %`, label: `Comparisons set aside, lowest ${column} first`, labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { domain: [0, most], ticks: 5, tickFormat: percentTick, label: 'FNMR of those kept', labelArrow: 'none', tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: ink.grid, strokeOpacity: 1, ticks: 6 }),
      Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ticks: 5 }),
      Plot.ruleY([level], { stroke: ink.faint, strokeDasharray: dashOf(2) }),
      Plot.lineY(ideal, { x: 'discarded', y: 'error', stroke: ink.faint, strokeDasharray: dashOf(1) }),
      Plot.lineY(drawn, { x: 'discarded', y: 'error', curve: 'step-after', stroke: ink.mated, strokeWidth: 2 }),
      keyMark([
        { name: column, color: ink.mated, dash: 'none' },
        { name: 'no knowledge', color: ink.faint, dash: dashOf(2) },
        { name: 'ideal', color: ink.faint, dash: dashOf(1) },
      ], 'top-right', ink),
    ],
  }, frame);
}
