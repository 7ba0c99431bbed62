import type { Picture } from './augment.ts';

/** A lens out of focus makes a disc of every point: the mean over a disc of `radius` pixels, its edge anti-aliased, the border repeated. */
export function defocus(picture: Picture, radius: number): Picture {
  const { width, height, channels } = picture;
  const taps = discOf(radius);
  const values = new Float32Array(picture.values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = (y * width + x) * channels;
      for (const { dx, dy, weight } of taps) {
        const [column, row] = [Math.min(width - 1, Math.max(0, x + dx)), Math.min(height - 1, Math.max(0, y + dy))];
        for (let channel = 0; channel < channels; channel++) values[target + channel]! += weight * picture.values[(row * width + column) * channels + channel]!;
      }
    }
  }
  return { ...picture, values };
}

/** Pixels of the disc with the share of it that each holds, about; together 1. */
function discOf(radius: number): { dx: number; dy: number; weight: number }[] {
  const reach = Math.ceil(radius);
  const taps = Array.from({ length: (2 * reach + 1) ** 2 }, (_, index) => {
    const [dx, dy] = [(index % (2 * reach + 1)) - reach, Math.floor(index / (2 * reach + 1)) - reach];
    return { dx, dy, weight: Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy))) };
  }).filter(({ weight }) => weight > 0);
  const total = taps.reduce((sum, { weight }) => sum + weight, 0);
  return taps.map((tap) => ({ ...tap, weight: tap.weight / total }));
}
