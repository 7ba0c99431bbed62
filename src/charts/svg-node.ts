import type { ChartDocument } from './frame.ts';

/** What charts do with an element of their own; the same in a browser and in its stand-in. */
export interface SvgNode {
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  append(...nodes: SvgNode[]): void;
}

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** A new element of SVG. Rooms without a DOM know `Document` by what Electron declares of it, so the method is named here. */
export function createSvg(document: ChartDocument, name: string): SvgNode {
  return (document as unknown as { createElementNS(space: string, name: string): SvgNode }).createElementNS(SVG_NAMESPACE, name);
}
