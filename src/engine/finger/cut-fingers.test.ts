import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { ImageSource } from '../../contract/engine-port.ts';
import { photoToInspect } from '../face/inspection-step.ts';
import type { Photo } from '../face/photo.ts';
import { cutFingers } from './cut-fingers.ts';
import { findFingers } from './find-fingers.ts';
import { CREASE } from './synthetic/photograph.ts';
import { photographHand, photographOne } from './test-support/known-fingers.ts';

async function pictureOf({ pixels, width, height }: Photo): Promise<ImageSource> {
  return { kind: 'bytes', bytes: new Uint8Array(await sharp(pixels, { raw: { width, height, channels: 3 } }).png().toBuffer()), name: 'hand.png' };
}

it('a hand is cut into its fingers, each of which is seen alone, with its crease and ridges', async () => {
  const { photo } = photographHand('right');
  const cut = await cutFingers(await pictureOf(photo));
  expect(cut.map(({ position }) => position)).toEqual(['right little', 'right ring', 'right middle', 'right index']);
  // One at the hand's side and one between two others: all four would take twice as long.
  for (const { png } of [cut[0]!, cut[2]!]) {
    const [tip, ...others] = findFingers(await photoToInspect({ kind: 'bytes', bytes: png, name: 'finger.png' })).tips;
    expect(others).toEqual([]);
    expect(tip).toMatchObject({ kind: 'contactless', name: null });
    expect(Math.abs(tip!.crease! - CREASE)).toBeLessThan(0.15);
    expect(Math.abs(tip!.period! / (tip!.width / 36) - 1)).toBeLessThan(0.2);
  }
});

it('one finger is cut out without a position, and a picture without fingers gives none with one', async () => {
  expect((await cutFingers(await pictureOf(photographOne().photo))).map(({ position }) => position)).toEqual([null]);
  const blank = { width: 60, height: 80, reduction: 1, pixels: new Uint8Array(60 * 80 * 3).fill(90) };
  expect(await cutFingers(await pictureOf(blank))).toEqual([]);
});
