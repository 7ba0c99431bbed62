import sharp from 'sharp';
import type { CutFinger, ImageSource } from '../../contract/engine-port.ts';
import { compose } from '../face/geometry.ts';
import { photoToInspect } from '../face/inspection-step.ts';
import type { Raster } from '../face/inspection-step.ts';
import { isContactPrint, partFingers, plane } from './find-fingers.ts';
import type { PartedHand } from './find-fingers.ts';
import { middleLine, toFinger } from './fingertip.ts';
import { blur, warpGrey } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import type { SplitFinger } from './split-fingers.ts';

/** Of a finger so many of its widths are cut out, from the tip on: the distal crease is looked for in 2.2 of them. */
const LENGTH = 2.4;
/** What stays free around it, in widths of the finger. */
const MARGIN = 0.15;

/**
 * The fingers of a photo, each as a picture of its own: upright, in the photo's resolution, its neighbours and the background black. A
 * picture that is kept of one finger shows no other.
 *
 * @throws RequestError('bad-image')
 */
export async function cutFingers(image: ImageSource): Promise<CutFinger[]> {
  const photo = await photoToInspect(image);
  const hand = isContactPrint(photo) ? null : partFingers(photo, plane(photo, 1)).hand;
  if (hand === null) return [];
  const planes = [0, 1, 2].map((channel) => plane(photo, channel));
  return Promise.all(hand.fingers.map(async (finger) => {
    const raster = cutOut(planes, hand, finger);
    const png = await sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: 3 } }).png().toBuffer();
    return { position: finger.hand === null || finger.name === null ? null : `${finger.hand} ${finger.name}` as const, png: new Uint8Array(png) };
  }));
}

function cutOut(planes: readonly GreyImage[], { upright }: PartedHand, { mask }: SplitFinger): Raster {
  const line = middleLine(mask);
  const scale = 1 / Math.hypot(upright.a, upright.b);
  const margin = Math.round(MARGIN * line.width * scale);
  const fromHand = compose(toFinger(line, scale), { a: 1, b: 0, tx: margin, ty: margin });
  const fromPhoto = compose(upright, fromHand);
  const size = { width: Math.round(line.width * scale) + 2 * margin, height: Math.round(LENGTH * line.width * scale) + margin, outside: 0 };
  // The mask is coarse: blurred, its steps become a line.
  const inside = warpGrey(blur(mask, 1), fromHand, size);
  const colours = planes.map((one) => warpGrey(one, fromPhoto, size));
  const pixels = Uint8Array.from({ length: inside.data.length * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return inside.data[pixel]! > 0.5 ? Math.round(colours[at % 3]!.data[pixel]!) : 0;
  });
  return { width: size.width, height: size.height, pixels };
}
