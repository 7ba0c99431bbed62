import * as Plot from '@observablehq/plot';
import { draw } from './draw.ts';
import type { Chart, Frame } from './frame.ts';
import type { GroupMark } from './group-marks.ts';
import { colorOf } from './group-marks.ts';

/** Samples laid flat, each with its group. */
export interface FlatSamples {
  /** Two numbers a sample. */
  readonly points: ArrayLike<number>;
  readonly groupOf: ArrayLike<number>;
  readonly groups: readonly GroupMark[];
}

const KEY_ROW = 16;
const MOST_KEYS = 24;

/** The map of templates, for files: the window draws the same marks at the same places on a canvas. Its axes have no unit. */
export function templateMap({ points, groupOf, groups }: FlatSamples, frame: Frame): Chart {
  const { ink } = frame;
  const keys = groups.slice(0, MOST_KEYS);
  const dots = Array.from({ length: points.length / 2 }, (_, sample) => ({ x: points[2 * sample]!, y: points[2 * sample + 1]!, group: groupOf[sample]! }));
  // Groups beyond 30 share their marks with others; of a drawing with a layer for each of 2,000 people most would be layers.
  const alike = Map.groupBy(dots, ({ group }) => `${groups[group]!.shape} ${groups[group]!.color}`);
  const byMark = [...alike.values()].map((those) => Plot.dot(those, {
    x: 'x', y: 'y', r: dots.length > 2000 ? 2 : 4, symbol: groups[those[0]!.group]!.shape, fill: colorOf(groups[those[0]!.group]!, ink), stroke: ink.halo, strokeWidth: 0.5,
  }));
  const keyMarks = keys.flatMap((mark, row) => [
    Plot.dot([0], { frameAnchor: 'top-right', dx: 14, dy: 8 + row * KEY_ROW, symbol: mark.shape, fill: colorOf(mark, ink), r: 4 }),
    Plot.text([mark.name], { frameAnchor: 'top-right', textAnchor: 'start', dx: 24, dy: 8 + row * KEY_ROW, fill: ink.text }),
  ]);
  return draw('Map of the templates, two numbers a sample.', {
    margin: 12, marginRight: 130, x: { axis: null }, y: { axis: null }, marks: [Plot.frame({ stroke: ink.grid }), ...byMark, ...keyMarks],
  }, frame);
}
