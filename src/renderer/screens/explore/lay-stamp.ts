/** Pixels as a canvas holds them: red in the lowest byte, alpha in the highest, colours not multiplied by it. */
export interface PixelPicture { readonly pixels: Uint32Array; readonly width: number; readonly height: number }

/** A small square picture. */
export interface Stamp { readonly pixels: Uint32Array; readonly side: number }

const OPAQUE = 255;

/** Lays a stamp over a picture with its middle at a pixel; what hangs over the edge is left out. */
export function layStamp({ pixels, width, height }: PixelPicture, stamp: Stamp, middle: { x: number; y: number }): void {
  const [left, top] = [middle.x - (stamp.side >> 1), middle.y - (stamp.side >> 1)];
  const [firstColumn, lastColumn] = [Math.max(0, -left), Math.min(stamp.side, width - left)];
  const lastRow = Math.min(stamp.side, height - top);
  for (let row = Math.max(0, -top); row < lastRow; row++) {
    const from = row * stamp.side;
    const to = (top + row) * width + left;
    for (let column = firstColumn; column < lastColumn; column++) {
      const ink = stamp.pixels[from + column]!;
      const alpha = ink >>> 24;
      if (alpha === 0) continue;
      const at = to + column;
      pixels[at] = alpha === OPAQUE || pixels[at]! >>> 24 === 0 ? ink : over(ink, pixels[at]!);
    }
  }
}

/** One pixel over another (Porter and Duff, 1984), neither of them multiplied by its alpha. */
function over(ink: number, ground: number): number {
  const share = (ink >>> 24) / OPAQUE;
  const rest = ((ground >>> 24) / OPAQUE) * (1 - share);
  const alpha = share + rest;
  const mixed = (shift: number): number => Math.round((((ink >>> shift) & 255) * share + ((ground >>> shift) & 255) * rest) / alpha) << shift;
  return ((Math.round(alpha * OPAQUE) << 24) | mixed(16) | mixed(8) | mixed(0)) >>> 0;
}
