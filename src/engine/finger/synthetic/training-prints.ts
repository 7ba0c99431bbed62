import { COMMON_PERIOD } from '../enhance.ts';
import type { Random } from '../../../evaluation/random.ts';
import { aboutCore, findCore } from '../core.ts';
import { blank, mapPixels, warpGrey } from '../grey-image.ts';
import type { GreyImage } from '../grey-image.ts';
import type { MasterPrint } from './master-print.ts';

/** Period in which masters for training are grown: a quarter of the pixels of the common one. */
export const SMALL_PERIOD = COMMON_PERIOD / 2;

/**
 * One look at a synthetic print as networks are shown it, without a photo in between: turned a little, seen through an ellipse, about the
 * core that is found in what is seen. Of a small master; its ridges are brought to the common period.
 */
export function lookAt({ ridges }: MasterPrint, random: Random): GreyImage {
  const [width, height] = [ridges.width * 2, ridges.height * 2];
  const turn = 0.3 * (random() - 0.5);
  const [a, b] = [2 * Math.cos(turn), 2 * Math.sin(turn)];
  const transform = { a, b, tx: width / 2 - (a * ridges.width - b * ridges.height) / 2, ty: height / 2 - (b * ridges.width + a * ridges.height) / 2 };
  const turned = warpGrey(ridges, transform, { width, height, outside: 0 });
  const print = mapPixels(turned, (value) => 127.5 - 127.5 * value);
  const centre = { x: width * (0.5 + 0.12 * (random() - 0.5)), y: width * (0.65 + 0.2 * random()) };
  const reach = { x: width * (0.33 + 0.22 * random()), y: width * (0.48 + 0.35 * random()) };
  const mask = mapPixels(blank(width, height), (_, at) => (((at % width) - centre.x) / reach.x) ** 2 + ((Math.floor(at / width) - centre.y) / reach.y) ** 2 < 1 ? 1 : 0);
  const tip = { print, mask, kind: 'contact' } as const;
  return aboutCore(tip, findCore(tip));
}
