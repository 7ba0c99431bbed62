import type { ImageSource } from '../../contract/engine-port.ts';
import type { FoundSample, Inspection, PipelineStep } from '../../contract/requests/inspections.ts';
import { photoToInspect, step } from '../face/inspection-step.ts';
import type { Raster } from '../face/inspection-step.ts';
import type { Photo } from '../face/photo.ts';
import { findFingers, labelOf } from './find-fingers.ts';
import type { Fingertip, FoundFingers } from './find-fingers.ts';
import { aboutCore } from './core.ts';
import { fingerQuality } from './finger-quality.ts';
import { mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

/** Of the fingers in the picture of the hand; they also differ in place. */
const INKS = [[230, 97, 1], [94, 60, 153], [26, 150, 65], [44, 123, 182]] as const;

/** Everything the finger pipeline sees in a photo; no finger is an answer too. @throws RequestError('bad-image') */
export async function inspectFinger(image: ImageSource): Promise<Inspection> {
  const photo = await photoToInspect(image);
  const found = findFingers(photo);
  const { width, height, reduction } = photo;
  return {
    pipeline: 'finger', width: Math.round(width * reduction), height: Math.round(height * reduction),
    samples: found.tips.map((tip, index) => describeFingertip(tip, { index, reduction })),
    steps: await Promise.all([
      step('1-photo', 'The photo, upright, in sRGB', photo),
      step('2-skin', 'What was taken for skin', onlySkin(photo, found)),
      ...(found.hand === null ? [] : [step('3-fingers', 'Fingers, upright and parted', paintFingers(found.hand))]),
      ...found.tips.flatMap((tip, index) => tipSteps(tip, index)),
    ]),
  };
}

export function describeFingertip(tip: Fingertip, { index, reduction }: { index: number; reduction: number }): FoundSample {
  const inFile = (value: number): number => Math.round(value * reduction * 10) / 10;
  return {
    label: labelOf(tip, index),
    quality: fingerQuality(tip),
    measures: {
      kind: tip.kind, finger: tip.name, hand: tip.hand, width: inFile(tip.width),
      ridgePeriod: tip.period === null ? null : inFile(tip.period),
      creaseInWidths: tip.crease === null ? null : Math.round(tip.crease * 100) / 100,
    },
  };
}

function tipSteps(tip: Fingertip, index: number): Promise<PipelineStep>[] {
  const label = labelOf(tip, index);
  const picture = (name: string, title: string, image: GreyImage): Promise<PipelineStep> => step(`${name}-${index + 1}`, `${label}: ${title}`, shown(image));
  return [
    picture('4-tip', tip.kind === 'contact' ? 'the print' : 'cut at the distal crease', tip.tip),
    picture('5-scaled', 'in the common ridge period', tip.scaled),
    picture('6-contrast', 'local contrast', mapPixels(tip.contrast, (value) => 127.5 + 50 * value)),
    picture('7-flow', 'ridge direction, black and white a quarter turn apart', mapPixels(tip.flow.angle, (angle, at) => tip.mask.data[at]! * (127.5 - 127.5 * Math.cos(2 * angle)))),
    picture('8-print', 'as a contact print shows it', tip.print),
    picture('9-core', 'upright about its core, as networks are shown it', aboutCore(tip, tip.core)),
  ];
}

export const shown = ({ width, height, data }: GreyImage): Raster => ({ width, height, pixels: Uint8Array.from({ length: data.length * 3 }, (_, at) => Math.round(Math.min(255, Math.max(0, data[Math.floor(at / 3)]!)))) });

function onlySkin({ width, height, pixels }: Photo, { skin }: FoundFingers): Raster {
  const inSkin = (at: number): number => {
    const [column, row] = [Math.floor((at % width) / skin.reduction), Math.floor(at / width / skin.reduction)];
    return skin.data[Math.min(skin.height - 1, row) * skin.width + Math.min(skin.width - 1, column)]!;
  };
  return { width, height, pixels: pixels.map((value, index) => (inSkin(Math.floor(index / 3)) === 1 ? value : value / 5)) };
}

function paintFingers({ light, fingers }: NonNullable<FoundFingers['hand']>): Raster {
  const painted = shown(light);
  for (const [index, { mask }] of fingers.entries()) {
    for (const [at, value] of mask.data.entries()) {
      if (value === 0) continue;
      for (const [channel, ink] of INKS[index % INKS.length]!.entries()) painted.pixels[at * 3 + channel] = (painted.pixels[at * 3 + channel]! * 2 + ink) / 3;
    }
  }
  return painted;
}
