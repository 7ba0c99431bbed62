import type { GroupMark, MarkShape } from '../../../charts/group-marks.ts';
import type { Size } from './map-geometry.ts';
import type { PixelPicture, Stamp } from './lay-stamp.ts';
import { layStamp } from './lay-stamp.ts';

const FAINT = 0.13; // of the groups that are not looked at

interface Drawing {
  readonly pixels: Float32Array;
  readonly groupOf: Int32Array;
  readonly stamps: Stamps;
  /** The only group that is shown plainly; null for all. */
  readonly lit: number | null;
  readonly size: Size;
  readonly density: number;
}

/** One picture a group, drawn once and laid down for each sample, and each once more faintly. */
export interface Stamps { readonly plain: readonly Stamp[]; readonly faint: readonly Stamp[] }

/**
 * Lays the stamps into a picture of pixels and puts that on the canvas at once: twenty thousand calls of `drawImage` take some 50 ms where
 * nothing but a processor draws, and a frame has 16.
 */
export function drawPoints(canvas: HTMLCanvasElement, { pixels, groupOf, stamps, lit, size, density }: Drawing): void {
  const context = canvas.getContext('2d')!;
  const image = clearedImage(canvas, context);
  const picture: PixelPicture = { pixels: new Uint32Array(image.data.buffer), width: canvas.width, height: canvas.height };
  const layAll = (kind: readonly Stamp[], isShown: (group: number) => boolean): void => {
    for (let at = 0; at < pixels.length; at += 2) {
      const [x, y] = [pixels[at]!, pixels[at + 1]!];
      const group = groupOf[at / 2]!;
      if (!isShown(group) || x < -8 || y < -8 || x > size.width + 8 || y > size.height + 8) continue;
      layStamp(picture, kind[group]!, { x: Math.round(x * density), y: Math.round(y * density) });
    }
  };
  if (lit === null) layAll(stamps.plain, () => true);
  else {
    layAll(stamps.faint, (group) => group !== lit);
    layAll(stamps.plain, (group) => group === lit);
  }
  context.putImageData(image, 0, 0);
}

const images = new WeakMap<HTMLCanvasElement, ImageData>();

/** The pixels of a canvas, kept from frame to frame: a new picture of megabytes for each would keep the collector busy. */
function clearedImage(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): ImageData {
  const before = images.get(canvas);
  if (before?.width === canvas.width && before.height === canvas.height) {
    before.data.fill(0);
    return before;
  }
  const image = context.createImageData(canvas.width, canvas.height);
  images.set(canvas, image);
  return image;
}

/** @param radius in CSS pixels. */
export function stampsOf(groups: readonly GroupMark[], { colors, halo, radius, density }: { colors: readonly string[]; halo: string; radius: number; density: number }): Stamps {
  const side = Math.ceil((2 * radius + 3) * density);
  const drawn = (shape: MarkShape, color: string, opacity: number): Stamp => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.globalAlpha = opacity;
    context.translate(side / 2, side / 2);
    context.scale(density, density);
    context.fillStyle = color;
    context.strokeStyle = halo;
    context.lineWidth = 1;
    const path = new Path2D(shapePath(shape, radius));
    context.fill(path);
    context.stroke(path);
    const pixels = new Uint32Array(context.getImageData(0, 0, side, side).data.buffer);
    // The outermost pixels are of the halo, which is the ground's colour: all or nothing looks the same there, and needs no mixing.
    return { side, pixels: opacity < 1 ? pixels : pixels.map((pixel) => (pixel >>> 24 >= 128 ? (pixel | 0xff000000) >>> 0 : 0)) };
  };
  const known = new Map<string, Stamp>();
  const stampOf = ({ shape, color }: GroupMark, opacity: number): Stamp => {
    const key = `${shape} ${color % colors.length} ${opacity}`;
    const stamp = known.get(key) ?? drawn(shape, colors[color % colors.length]!, opacity);
    known.set(key, stamp);
    return stamp;
  };
  return { plain: groups.map((mark) => stampOf(mark, 1)), faint: groups.map((mark) => stampOf(mark, FAINT)) };
}

/** The shape around the origin, as the path of an SVG, all of about the same area. */
export function shapePath(shape: MarkShape, radius: number): string {
  const r = radius;
  switch (shape) {
    case 'circle': return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    case 'square': return `M${-0.88 * r},${-0.88 * r}h${1.76 * r}v${1.76 * r}h${-1.76 * r}Z`;
    case 'triangle': return `M0,${-1.3 * r}L${1.2 * r},${0.85 * r}H${-1.2 * r}Z`;
    case 'diamond': return `M0,${-1.3 * r}L${1.15 * r},0L0,${1.3 * r}L${-1.15 * r},0Z`;
    case 'cross': return `M${-0.4 * r},${-1.2 * r}h${0.8 * r}v${0.8 * r}h${0.8 * r}v${0.8 * r}h${-0.8 * r}v${0.8 * r}h${-0.8 * r}v${-0.8 * r}h${-0.8 * r}v${-0.8 * r}h${0.8 * r}Z`;
  }
}
