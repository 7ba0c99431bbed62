import type { Augmentation } from '../../contract/recipe/network.ts';
import type { Random } from '../random.ts';
import { blur } from './blur.ts';
import { changeLight } from './change-light.ts';
import { imitatePhone } from './imitate-phone.ts';
import { occlude } from './occlude.ts';
import { drawPlacement, warp } from './warp.ts';

/** A picture being changed: [height, width, channels] values 0 to 255, row-major. */
export interface Picture {
  width: number;
  height: number;
  channels: number;
  values: Float32Array;
}

/**
 * One random view of a picture, by the recipe's chances and ranges: mirrored, cropped and turned in one resampling, then
 * blurred, then lit differently, then covered in part, then seen as by a phone. The same stream gives the same view; with everything off the picture
 * comes back as it is.
 */
export function augment(picture: Picture, chances: Augmentation, random: Random): Picture {
  let view = warp(picture, drawPlacement(chances, random));
  if (random.uniform() < chances.blur) view = blur(view);
  changeLight(view, chances, random);
  if (random.uniform() < chances.occlusion) occlude(view, random);
  return imitatePhone(view, chances, random);
}
