import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GroupMark } from '../../../charts/group-marks.ts';
import { colorOf } from '../../../charts/group-marks.ts';
import { screenInk } from '../../../charts/ink.ts';
import { HoverNote } from '../../widgets/hover-note.tsx';
import { Picture } from '../../widgets/picture.tsx';
import { drawPoints, stampsOf } from './draw-points.ts';
import { useExplored } from './explored.ts';
import classes from './explore.module.css';
import type { Points, View } from './map-geometry.ts';
import { fittingView, inPixels, nearestPlace, nextPlace, zoomed } from './map-geometry.ts';
import { MapPictures } from './map-pictures.tsx';

const REACH = 14; // pixels
const STEP = 1.25; // of zoom, a notch of the wheel or a key press
const MANY = 4000; // samples, beyond which they are drawn smaller
const CLOSE = 5; // times the whole, from where few are in sight and all are drawn large

interface MapCanvasProps {
  points: Points;
  groupOf: Int32Array;
  groups: readonly GroupMark[];
  lit: number | null;
  /** Whether pictures stand beside the points, as many as there is room for. */
  hasPictures: boolean;
  label: string;
}

interface Drag { x: number; y: number; view: View; hasMoved: boolean }

/** The samples on a canvas: wheel and drag move it, the pointer shows a sample's picture, a click looks at it; keys do the same. */
export function MapCanvas({ points, groupOf, groups, lit, hasPictures, label }: MapCanvasProps) {
  const { samples, look } = useExplored();
  const { ref, width, height } = useElementSize();
  const [moved, setMoved] = useState<View | null>(null);
  const [hovered, setHovered] = useState(-1);
  const drag = useRef<Drag | null>(null);
  const fitting = useMemo(() => fittingView(points, { width, height }), [points, width, height]);
  const view = moved ?? fitting;
  const pixels = useMemo(() => inPixels(points, view), [points, view]);
  const canvas = usePainted({ pixels, groupOf, groups, lit, width, height, isClose: view.scale > CLOSE * fitting.scale });

  const zoomBy = (factor: number, spot = { x: width / 2, y: height / 2 }): void => setMoved((before) => zoomed(before ?? fitting, { factor, spot, fitting }));
  useEffect(() => {
    const element = canvas.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const factor = STEP ** (-event.deltaY / 100);
      setMoved((before) => zoomed(before ?? fitting, { factor, spot: { x: event.offsetX, y: event.offsetY }, fitting }));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [canvas, fitting]);

  const onDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, view, hasMoved: false };
  };
  const onMove = ({ nativeEvent, clientX, clientY }: PointerEvent<HTMLCanvasElement>): void => {
    const held = drag.current;
    if (held === null) return setHovered(nearestPlace(pixels, { x: nativeEvent.offsetX, y: nativeEvent.offsetY }, REACH));
    const [dx, dy] = [clientX - held.x, clientY - held.y];
    if (Math.abs(dx) + Math.abs(dy) > 4) held.hasMoved = true;
    if (held.hasMoved) setMoved({ ...held.view, dx: held.view.dx + dx, dy: held.view.dy + dy });
  };
  const onUp = (): void => {
    if (drag.current?.hasMoved === false && hovered >= 0) look({ kind: 'sample', sample: hovered });
    drag.current = null;
  };
  const onKey = (event: KeyboardEvent): void => {
    const direction = { ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 }, ArrowDown: { x: 0, y: 1 }, ArrowUp: { x: 0, y: -1 } }[event.key];
    if (direction) setHovered((from) => { const next = from < 0 ? 0 : nextPlace(pixels, from, direction); return next < 0 ? from : next; });
    else if (event.key === 'Enter' && hovered >= 0) look({ kind: 'sample', sample: hovered });
    else if (event.key === '+' || event.key === '=') zoomBy(STEP);
    else if (event.key === '-') zoomBy(1 / STEP);
    else if (event.key === '0') setMoved(null);
    else return;
    event.preventDefault();
  };
  const sample = samples[hovered];
  const group = groups[groupOf[hovered] ?? -1]?.name;
  const [x, y] = [pixels[2 * hovered] ?? 0, pixels[2 * hovered + 1] ?? 0];
  return (
    <div ref={ref} className={classes.map}>
      <canvas
        ref={canvas} className={classes.mapCanvas} role="application" aria-label={label} tabIndex={0} data-hot={sample ? true : undefined}
        onPointerDown={onDown} onPointerMove={onMove} onPointerUp={onUp} onPointerLeave={() => setHovered(-1)} onKeyDown={onKey}
      />
      {hasPictures && <MapPictures pixels={pixels} size={{ width, height }} colorOf={(place) => colorOf(groups[groupOf[place]!]!, screenInk)} />}
      {sample && (
        <>
          <span className={classes.mapRing} style={{ transform: `translate(${x}px, ${y}px)` }} />
          <HoverNote spot={{ x, y, side: x > width / 2 ? 'left' : 'right', from: y > height - 80 ? 'foot' : y < 80 ? 'top' : 'middle' }} picture={<Picture imageId={sample.imageId} alt="" size={88} />}>
            <b>{sample.subject}</b><br /><span className={classes.path}>{sample.path}</span>{group !== sample.subject && <><br />{group}</>}
          </HoverNote>
        </>
      )}
      {moved && moved !== fitting && <button type="button" className={classes.mapReset} onClick={() => setMoved(null)}>Show all</button>}
    </div>
  );
}

interface Painted { pixels: Float32Array; groupOf: Int32Array; groups: readonly GroupMark[]; lit: number | null; width: number; height: number; isClose: boolean }

/** A canvas that is painted anew, at most once a frame, when anything it shows has changed. */
function usePainted({ pixels, groupOf, groups, lit, width, height, isClose }: Painted) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const density = Math.min(2, window.devicePixelRatio || 1);
  const palette = useMemo(() => ({ scheme, ...readPalette() }), [scheme]);
  const radius = pixels.length / 2 > MANY && !isClose ? 2.5 : 4.5;
  const stamps = useMemo(() => stampsOf(groups, { ...palette, radius, density }), [groups, palette, radius, density]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const element = canvas.current;
      if (element === null || width === 0) return;
      const [wide, high] = [Math.round(width * density), Math.round(height * density)];
      if (element.width !== wide) element.width = wide;
      if (element.height !== high) element.height = high;
      drawPoints(element, { pixels, groupOf, stamps, lit, size: { width, height }, density });
    });
    return () => cancelAnimationFrame(frame);
  }, [pixels, groupOf, stamps, lit, width, height, density]);
  return canvas;
}

/** The values that the page's scheme gives the colours of charts: a canvas knows no variables. */
function readPalette(): { colors: string[]; halo: string } {
  const style = getComputedStyle(document.documentElement);
  const valueOf = (ink: string): string => style.getPropertyValue(ink.slice('var('.length, -1));
  return { colors: screenInk.systems.map(valueOf), halo: valueOf(screenInk.halo) };
}
