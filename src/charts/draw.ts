import * as Plot from '@observablehq/plot';
import type { Axis, Chart, ChartElement, Frame } from './frame.ts';

const FONT = "'Inter Variable', Inter, system-ui, sans-serif";

/**
 * Draws with Plot into the frame. What a strict content security policy would refuse (Plot's own style element) is
 * left out; the few rules it holds are set as attributes instead.
 *
 * @param label one sentence for those who do not see the picture.
 */
export function draw(label: string, options: Plot.PlotOptions, frame: Frame): Chart {
  const { document, width, height, ink } = frame;
  const svg = Plot.plot({ ...options, document, width, height, className: 'likeness-chart' }) as ChartElement & Plot.Plot;
  svg.querySelector('style')?.remove();
  // The picture is one thing with one sentence; names on its parts, which have no role, would be against ARIA.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('font-family', FONT);
  svg.setAttribute('font-size', '11');
  svg.setAttribute('fill', ink.text);
  svg.setAttribute('color', ink.faint);
  return { svg, x: axisOf(svg, 'x'), y: axisOf(svg, 'y') };
}

function axisOf(svg: Plot.Plot, name: 'x' | 'y'): Axis {
  const scale = svg.scale(name);
  if (!scale?.invert) throw new Error(`The chart has no continuous ${name} axis.`);
  const { apply, invert, range } = scale;
  const [first, last] = range as [number, number];
  return { at: (value) => apply(value) as number, value: (pixel) => invert(pixel) as number, range: [first, last] };
}
