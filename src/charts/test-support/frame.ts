import { parseHTML } from 'linkedom';
import type { ChartDocument, Frame } from '../frame.ts';
import { paperInk } from '../ink.ts';

/** A frame without a browser. */
export function testFrame(size: { width?: number; height?: number } = {}): Frame {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return { document: document as unknown as ChartDocument, width: size.width ?? 640, height: size.height ?? 400, ink: paperInk };
}
