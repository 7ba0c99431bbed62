import type { Chart, Frame } from './frame.ts';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** A chart as the text of an SVG file that needs nothing beside itself. Draw it with `paperInk` first. */
export function svgFile(chart: Chart, frame: Frame): string {
  const { svg } = chart;
  svg.setAttribute('xmlns', SVG_NAMESPACE);
  if (frame.ink.ground !== null) {
    const ground = frame.document.createElementNS(SVG_NAMESPACE, 'rect');
    ground.setAttribute('width', String(frame.width));
    ground.setAttribute('height', String(frame.height));
    ground.setAttribute('fill', frame.ink.ground);
    svg.prepend(ground);
  }
  // In an HTML document outerHTML names the no-break space as HTML does; XML knows it by number only.
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg.outerHTML.replaceAll('&nbsp;', '&#160;')}\n`;
}
