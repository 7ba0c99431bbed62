import type { GroupMark, MarkShape } from '../../../charts/group-marks.ts';
import type { Size } from './map-geometry.ts';

const FAINT = 0.13; // of the groups that are not looked at

interface Drawing {
  readonly pixels: Float32Array;
  readonly groupOf: Int32Array;
  /** One picture a group, drawn once and stamped for each sample: thousands of paths would miss the frame. */
  readonly stamps: readonly HTMLCanvasElement[];
  /** The only group that is shown plainly; null for all. */
  readonly lit: number | null;
  readonly size: Size;
  readonly density: number;
}

export function drawPoints(canvas: HTMLCanvasElement, { pixels, groupOf, stamps, lit, size, density }: Drawing): void {
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const half = (stamps[0]?.width ?? 0) / 2;
  const stampAll = (isShown: (group: number) => boolean): void => {
    for (let at = 0; at < pixels.length; at += 2) {
      const [x, y] = [pixels[at]!, pixels[at + 1]!];
      const group = groupOf[at / 2]!;
      if (!isShown(group) || x < -8 || y < -8 || x > size.width + 8 || y > size.height + 8) continue;
      context.drawImage(stamps[group]!, Math.round(x * density - half), Math.round(y * density - half));
    }
  };
  if (lit === null) return stampAll(() => true);
  context.globalAlpha = FAINT;
  stampAll((group) => group !== lit);
  context.globalAlpha = 1;
  stampAll((group) => group === lit);
}

/** @param radius in CSS pixels. */
export function stampsOf(groups: readonly GroupMark[], { colors, halo, radius, density }: { colors: readonly string[]; halo: string; radius: number; density: number }): HTMLCanvasElement[] {
  const side = Math.ceil((2 * radius + 3) * density);
  return groups.map(({ shape, color }) => {
    const stamp = document.createElement('canvas');
    stamp.width = stamp.height = side;
    const context = stamp.getContext('2d')!;
    context.translate(side / 2, side / 2);
    context.scale(density, density);
    context.fillStyle = colors[color % colors.length]!;
    context.strokeStyle = halo;
    context.lineWidth = 1;
    const path = new Path2D(shapePath(shape, radius));
    context.fill(path);
    context.stroke(path);
    return stamp;
  });
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
