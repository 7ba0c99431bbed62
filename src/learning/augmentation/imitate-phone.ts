import type { Augmentation } from '../../contract/recipe/network.ts';
import type { Random } from '../random.ts';
import type { Picture } from './augment.ts';
import { bendTone } from './bend-tone.ts';
import { defocus } from './defocus.ts';
import { shineLamp } from './glare.ts';
import { bendPlane, drawPlane } from './plane.ts';

/**
 * What phones do to pictures, in the order in which it happens: the skin is stretched and lies aslant, a lamp shines on it, the lens is
 * out of focus, and the camera bends its tones. With all of it off nothing is drawn from the stream, so that older recipes go on giving
 * the same views.
 */
export function imitatePhone(picture: Picture, chances: Augmentation, random: Random): Picture {
  let view = picture;
  if (chances.tiltDegrees > 0 || chances.scale > 0 || chances.distortion > 0) view = bendPlane(view, drawPlane(chances, random));
  if (chances.glare > 0 && random.uniform() < chances.glare) shineLamp(view, random);
  if (chances.defocus > 0 && random.uniform() < chances.defocus) view = defocus(view, Math.max(SMALLEST, random.between(...DEFOCUS) * view.width));
  if (chances.tone > 0) bendTone(view, Math.exp(chances.tone * random.between(-1, 1)));
  return view;
}

/** Radius of the blurred point, in widths of the picture: from hardly to be seen to ridges that vanish. */
const DEFOCUS = [0.006, 0.02] as const;
/** In pixels: a smaller disc is its own middle. */
const SMALLEST = 0.75;
