import sharp from 'sharp';
import type { EngineOperations, SyntheticPicture } from '../../../contract/engine-port.ts';
import { photograph, pressOnSensor } from './photograph.ts';
import { drawConditions, hands, lonelyFinger, printOf, randomOf } from './scenes.ts';

const RIDGES_ACROSS = 36;

/** The index finger of a person who does not exist, as a phone and as a contact sensor see it. */
export async function synthesizeSubject({ seed, subject, samples }: EngineOperations['fingers.synthesize']['input']): Promise<SyntheticPicture[]> {
  const hand = hands[subject % hands.length]!;
  const print = printOf({ seed, subject, hand, finger: 0 });
  const pictures: SyntheticPicture[] = [];
  for (let sample = 1; sample <= samples; sample++) {
    const random = randomOf(seed, subject, sample);
    const { fingers, size, width } = lonelyFinger(print, random);
    const { photo } = photograph(fingers, drawConditions(random, size, width / RIDGES_ACROSS), random);
    const pressed = pressOnSensor(print, random);
    const about = { finger: 'index', hand, sample };
    pictures.push(
      { ...about, sensor: 'phone', fileName: `phone-${sample}.png`, png: await encode(photo.pixels, { ...size, channels: 3 }) },
      { ...about, sensor: 'contact', fileName: `contact-${sample}.png`, png: await encode(Uint8Array.from(pressed.data, Math.round), { width: pressed.width, height: pressed.height, channels: 1 }) },
    );
  }
  return pictures;
}

async function encode(pixels: Uint8Array, raw: { width: number; height: number; channels: 1 | 3 }): Promise<Uint8Array> {
  return new Uint8Array(await sharp(pixels, { raw }).png().toBuffer());
}
