import type * as Plot from '@observablehq/plot';
import type { Ink } from './ink.ts';

/** A browser's `Document`, or a stand-in for it (linkedom). Taken from Plot so that rooms without a DOM can name it. */
export type ChartDocument = NonNullable<Plot.PlotOptions['document']>;
export type ChartElement = ReturnType<typeof Plot.plot>;

/** Where and how large to draw, and in which colours. Width and height in CSS pixels. */
export interface Frame {
  readonly document: ChartDocument;
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
}

/** A position along an axis, in pixels of the frame, and back. */
export interface Axis {
  /** Pixel position of a value. */
  at(value: number): number;
  /** The value at a pixel position. */
  value(pixel: number): number;
  /** Pixels, first end of the axis to last end. */
  readonly range: readonly [number, number];
}

/** A drawn chart, with its axes for whatever moves above it (a marker, a threshold that is dragged). */
export interface Chart {
  readonly svg: ChartElement;
  readonly x: Axis;
  readonly y: Axis;
}
