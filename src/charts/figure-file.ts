import type { Chart, Frame } from './frame.ts';
import { createSvg, SVG_NAMESPACE } from './svg-node.ts';
import type { SvgNode } from './svg-node.ts';

/** A chart as the text of an SVG file that needs nothing beside itself. Draw it with `paperInk` first. */
export function svgFile(chart: Chart, frame: Frame): string {
  const { svg } = chart;
  svg.setAttribute('xmlns', SVG_NAMESPACE);
  if (frame.ink.ground !== null) {
    const ground = createSvg(frame.document, 'rect');
    ground.setAttribute('width', String(frame.width));
    ground.setAttribute('height', String(frame.height));
    ground.setAttribute('fill', frame.ink.ground);
    (svg as unknown as { prepend(node: SvgNode): void }).prepend(ground);
  }
  // In an HTML document outerHTML names the no-break space as HTML does; XML knows it by number only.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.outerHTML.replaceAll('&nbsp;', '&#160;')}\n`;
}
