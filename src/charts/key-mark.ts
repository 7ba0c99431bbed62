import type * as Plot from '@observablehq/plot';
import type { Ink } from './ink.ts';
import { createSvg } from './svg-node.ts';

/** One line of a chart's key. */
export interface KeyEntry {
  readonly name: string;
  readonly color: string;
  readonly dash: string;
}

const LINE_HEIGHT = 17;
const SAMPLE = 26;
const MOST_LETTERS = 32; // longer names would lie over the curves

/** Room that a key of so many lines takes above a plot. */
export const keyHeight = (lines: number): number => (lines < 2 ? 0 : LINE_HEIGHT * lines);

/** A key inside the plot, in the corner that the kind of curve leaves empty, or above it. Drawn only when there is something to tell apart. */
export function keyMark(entries: readonly KeyEntry[], corner: 'top-right' | 'bottom-right' | 'above', ink: Ink): Plot.RenderFunction {
  return (...[, , , dimensions, context]) => {
    const group = createSvg(context.document, 'g');
    const mark = group as unknown as ReturnType<Plot.RenderFunction>;
    if (entries.length < 2) return mark;
    // Above the plot, the window has a button in the corner.
    const right = dimensions.width - dimensions.marginRight - (corner === 'above' ? 34 : 8);
    const first = corner === 'above' ? 12 : corner === 'top-right'
      ? dimensions.marginTop + 14
      : dimensions.height - dimensions.marginBottom - 12 - LINE_HEIGHT * (entries.length - 1);
    entries.forEach((entry, position) => {
      const y = first + LINE_HEIGHT * position;
      const line = createSvg(context.document, 'line');
      setAll(line, { x1: right - SAMPLE, x2: right, y1: y, y2: y, stroke: entry.color, 'stroke-width': 2, 'stroke-dasharray': entry.dash });
      const text = createSvg(context.document, 'text');
      setAll(text, { x: right - SAMPLE - 8, y: y + 4, 'text-anchor': 'end', fill: ink.text });
      text.textContent = shortened(entry.name);
      group.append(line, text);
    });
    return mark;
  };
}

const shortened = (name: string): string => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…` : name);

function setAll(element: { setAttribute(name: string, value: string): void }, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
