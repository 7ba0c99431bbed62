import type { Augmentation } from '../../contract/recipe/network.ts';
import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';

/** Where a view lies in its picture. Shares are of the picture's sides. */
export interface Placement {
  mirrored: boolean;
  /** Share of each side that the view shows. */
  zoom: number;
  /** Of the view's centre from the picture's, in shares of the sides. */
  shiftX: number;
  shiftY: number;
  /** Radians. */
  turn: number;
}

/** Draws a placement. Always takes the same number of values from the stream, whatever is on. */
export function drawPlacement({ flip, crop, rotationDegrees }: Augmentation, random: Random): Placement {
  const mirrored = random.uniform() < flip;
  const zoom = 1 - crop * random.uniform();
  const room = (1 - zoom) / 2;
  const shiftX = random.between(-1, 1) * room;
  const shiftY = random.between(-1, 1) * room;
  const turn = (random.between(-1, 1) * rotationDegrees * Math.PI) / 180;
  return { mirrored, zoom, shiftX, shiftY, turn };
}

/** The view, resampled bilinearly; beyond the picture its border goes on. */
export function warp(picture: Picture, placement: Placement): Picture {
  const { width, height } = picture;
  const { mirrored, zoom, shiftX, shiftY, turn } = placement;
  if (!mirrored && zoom === 1 && turn === 0) return { ...picture, values: picture.values.slice() };
  const [cosine, sine] = [Math.cos(turn) * zoom, Math.sin(turn) * zoom];
  const values = new Float32Array(picture.values.length);
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const [originX, originY] = [centreX + shiftX * width, centreY + shiftY * height];
  for (let y = 0; y < height; y++) {
    const dy = y - centreY;
    for (let x = 0; x < width; x++) {
      const dx = mirrored ? centreX - x : x - centreX;
      const sourceX = originX + dx * cosine - dy * sine;
      const sourceY = originY + dx * sine + dy * cosine;
      sample(picture, { x: sourceX, y: sourceY }, { values, at: (y * width + x) * picture.channels });
    }
  }
  return { ...picture, values };
}

/** The picture at a point between its pixels, into the target's place; beyond the picture its border goes on. */
export function sample({ values, width, height, channels }: Picture, point: { x: number; y: number }, target: { values: Float32Array; at: number }): void {
  const x = Math.min(width - 1, Math.max(0, point.x));
  const y = Math.min(height - 1, Math.max(0, point.y));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [shareX, shareY] = [x - left, y - top];
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  for (let channel = 0; channel < channels; channel++) {
    const at = (row: number, column: number): number => values[(row * width + column) * channels + channel]!;
    const above = at(top, left) * (1 - shareX) + at(top, right) * shareX;
    const below = at(bottom, left) * (1 - shareX) + at(bottom, right) * shareX;
    target.values[target.at + channel] = above * (1 - shareY) + below * shareY;
  }
}
