import type { Augmentation } from '../../contract/recipe/network.ts';
import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';
import { sample } from './warp.ts';

/** How the plane of a picture lies and is stretched, as its view sees it. */
export interface Plane {
  /** Radians out of the picture, and the bearing of the axis that stays in it. */
  tilt: number;
  axis: number;
  /** How much larger than before the picture is seen. */
  scale: number;
  /** Waves that move the skin: shares of the width, waves in a width, radians. */
  waves: { move: { x: number; y: number }; bearing: number; length: number; phase: number }[];
}

/** Distance of the camera in widths of the picture: nearer parts of a tilted plane look larger. */
const DISTANCE = 4;
const WAVES = 3;

export function drawPlane({ tiltDegrees, scale, distortion }: Augmentation, random: Random): Plane {
  const tilt = (tiltDegrees * random.between(-1, 1) * Math.PI) / 180;
  const axis = random.between(0, Math.PI);
  const wave = (): Plane['waves'][number] => ({
    move: { x: (distortion * random.between(-1, 1)) / Math.sqrt(WAVES), y: (distortion * random.between(-1, 1)) / Math.sqrt(WAVES) },
    bearing: random.between(0, 2 * Math.PI), length: random.between(0.5, 1.5), phase: random.between(0, 2 * Math.PI),
  });
  return { tilt, axis, scale: Math.exp(Math.log1p(scale) * random.between(-1, 1)), waves: Array.from({ length: WAVES }, wave) };
}

/** The picture on that plane, seen by a camera before its middle, in one resampling; beyond the picture its border goes on. */
export function bendPlane(picture: Picture, plane: Plane): Picture {
  const { width, height, channels } = picture;
  const values = new Float32Array(picture.values.length);
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = onPlane({ x: (x - centreX) / width, y: (y - centreY) / width }, plane);
      sample(picture, { x: centreX + from.x * width, y: centreY + from.y * width }, { values, at: (y * width + x) * channels });
    }
  }
  return { ...picture, values };
}

/** Which point of the plane a pixel shows; both in widths from the middle. */
function onPlane({ x, y }: { x: number; y: number }, { tilt, axis, scale, waves }: Plane): { x: number; y: number } {
  const [cosine, sine] = [Math.cos(axis), Math.sin(axis)];
  const [along, across] = [(x * cosine + y * sine) / scale, (-x * sine + y * cosine) / scale];
  // The ray through the pixel meets the plane where its depth is that of the tilted plane there.
  const depth = DISTANCE / (DISTANCE * Math.cos(tilt) - across * Math.sin(tilt));
  const [u, v] = [along * depth * Math.cos(tilt), across * depth];
  const point = { x: u * cosine - v * sine, y: u * sine + v * cosine };
  for (const { move, bearing, length, phase } of waves) {
    const swing = Math.sin(2 * Math.PI * length * (x * Math.cos(bearing) + y * Math.sin(bearing)) + phase);
    point.x += move.x * swing;
    point.y += move.y * swing;
  }
  return point;
}
