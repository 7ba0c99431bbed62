import { describe, expect, it } from 'vitest';
import { middle } from '../face/geometry.ts';
import type { Point } from '../face/geometry.ts';
import { findFingers } from './find-fingers.ts';
import { fingerQuality } from './finger-quality.ts';
import { sampleAt } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { halfTurn } from './pointing.ts';
import { otsuThreshold } from './segment.ts';
import type { SkinMask } from './segment.ts';
import { notchesBetweenTips } from './split-fingers.ts';
import { CREASE, pressOnSensor } from './synthetic/photograph.ts';
import { printOf, randomOf } from './synthetic/scenes.ts';
import { knownPrint, photographHand, photographOne } from './test-support/known-fingers.ts';

/** Intersection over union of what was found and what is. */
function overlap(skin: SkinMask, truth: GreyImage): number {
  let [both, either] = [0, 0];
  for (const [at, found] of skin.data.entries()) {
    const [x, y] = [((at % skin.width) + 0.5) * skin.reduction, (Math.floor(at / skin.width) + 0.5) * skin.reduction];
    const is = truth.data[Math.floor(y) * truth.width + Math.floor(x)]! > 0;
    if (found === 1 && is) both++;
    if (found === 1 || is) either++;
  }
  return both / either;
}

describe('a synthetic finger', () => {
  const { photo, truth, width } = photographOne();
  const { skin, tips } = findFingers(photo);
  const [tip] = tips as [(typeof tips)[number]];

  it('is segmented from its background', () => {
    expect(overlap(skin, truth)).toBeGreaterThan(0.95);
  });

  it('is one finger without a name, as wide as it was drawn', () => {
    expect(tips).toHaveLength(1);
    expect(tip).toMatchObject({ kind: 'contactless', name: null, hand: null });
    expect(Math.abs(tip.width / width - 1)).toBeLessThan(0.05);
  });

  it('has its tip outlined in the photo: as wide as it is, and centred on skin', () => {
    const [left, right, , bottomLeft] = tip.outline as [Point, Point, Point, Point];
    expect(Math.hypot(right.x - left.x, right.y - left.y) / width).toBeCloseTo(1, 1);
    expect(Math.hypot(bottomLeft.x - left.x, bottomLeft.y - left.y) / width).toBeCloseTo(tip.crease!, 1);
    const { x, y } = middle(tip.outline);
    expect(truth.data[Math.floor(y) * truth.width + Math.floor(x)]).toBeGreaterThan(0);
  });

  it('is cut at its crease', () => {
    expect(Math.abs(tip.crease! - CREASE)).toBeLessThan(0.06);
  });

  it('has the ridge period it was drawn with, to a tenth', () => {
    expect(Math.abs(tip.period! / (width / 36) - 1)).toBeLessThan(0.1);
  });

  it('stands upright, its ridges running as they were grown: 6 degrees apart in the mean', () => {
    let [error, count] = [0, 0];
    for (const [at, inside] of tip.mask.data.entries()) {
      const [x, y] = [(at % tip.mask.width) / tip.mask.width, Math.floor(at / tip.mask.width) / tip.mask.width];
      if (inside === 0 || x < 0.15 || x > 0.85 || y < 0.15 || y > 1.3) continue;
      const grown = knownPrint.angle.data[Math.floor(y * knownPrint.angle.width) * knownPrint.angle.width + Math.floor(x * knownPrint.angle.width)]!;
      error += Math.abs(halfTurn(tip.flow.angle.data[at]! - grown));
      count++;
    }
    expect((error / count) * (180 / Math.PI)).toBeLessThan(6);
  });

  it('gives a print whose ridges are dark and mirrored', () => {
    const ridges = knownPrint.ridges;
    const scale = ridges.width / tip.print.width;
    const likenessAt = (isMirrored: boolean, { right, down }: { right: number; down: number }): number => {
      let [sum, count] = [0, 0];
      for (let row = 100; row < 240; row += 2) {
        for (let column = 100; column < tip.print.width - 100; column += 2) {
          const x = (isMirrored ? tip.print.width - 1 - column : column) * scale + right;
          sum += (127.5 - tip.print.data[row * tip.print.width + column]!) * sampleAt(ridges, x, row * scale + down);
          count++;
        }
      }
      return sum / (count * 127.5);
    };
    // The tip and the middle are found to a ridge or so: the best of all shifts by two.
    const shifts = Array.from({ length: 15 * 15 }, (_, index) => ({ right: 3 * ((index % 15) - 7), down: 3 * (Math.floor(index / 15) - 7) }));
    const likeness = (isMirrored: boolean): number => Math.max(...shifts.map((shift) => likenessAt(isMirrored, shift)));
    expect(likeness(true)).toBeGreaterThan(0.3);
    expect(likeness(false)).toBeLessThan(likeness(true) / 2);
  });

  it('loses quality by defocus and by darkness, and the words say which', () => {
    const qualityOf = (change: Parameters<typeof photographOne>[0]) => fingerQuality(findFingers(photographOne(change).photo).tips[0]!);
    const sharp = fingerQuality(tip);
    expect(sharp.score).toBeGreaterThan(60);
    expect(sharp.reasons).toEqual([]);
    const blurred = qualityOf({ defocus: 5 });
    expect(blurred.score).toBeLessThan(20);
    expect(blurred.reasons.join()).toContain('blurred');
    const dark = qualityOf({ skin: [0.16, 0.07, 0.05], background: [0.9, 0.9, 0.9] });
    expect(dark.components['illumination']).toBeLessThan(20);
    expect(dark.reasons.join()).toContain('too dark');
  });
});

describe('four synthetic fingers side by side', () => {
  it.each(['left', 'right'] as const)('of a %s hand get their names', (hand) => {
    const { photo, truth } = photographHand(hand);
    const { skin, tips } = findFingers(photo);
    expect(overlap(skin, truth)).toBeGreaterThan(0.95);
    const names = ['index', 'middle', 'ring', 'little'];
    expect(tips.map(({ name }) => name)).toEqual(hand === 'left' ? names : names.toReversed());
    for (const tip of tips) {
      expect(tip.hand).toBe(hand);
      expect(Math.abs(tip.crease! - CREASE)).toBeLessThan(0.15);
    }
  });
});

it('a contact print without colour is taken for one', () => {
  const print = pressOnSensor(knownPrint, randomOf(3));
  const pixels = Uint8Array.from({ length: print.data.length * 3 }, (_, at) => print.data[Math.floor(at / 3)]!);
  const [tip] = findFingers({ width: print.width, height: print.height, reduction: 1, pixels }).tips;
  expect(tip).toMatchObject({ kind: 'contact', crease: null });
  // White ground is no glare.
  expect(fingerQuality(tip!).components['illumination']).toBe(100);
  expect(Math.abs(tip!.period! / 9 - 1)).toBeLessThan(0.1);
});

it('a picture of one colour has no finger, or nothing of quality', () => {
  const photo = { width: 60, height: 80, reduction: 1, pixels: new Uint8Array(60 * 80 * 3).fill(90) };
  expect(findFingers(photo).tips.filter((tip) => fingerQuality(tip).score > 0)).toEqual([]);
});

it('the same numbers grow the same finger, others another', () => {
  const ridgesOf = (subject: number): Float32Array => printOf({ seed: 1, subject, hand: 'left', finger: 0, period: 4.5 }).ridges.data;
  expect(ridgesOf(1)).toEqual(ridgesOf(1));
  expect(ridgesOf(2)).not.toEqual(ridgesOf(1));
});

it('Otsu finds the border between two groups, and tips have notches between them', () => {
  const threshold = otsuThreshold(Float32Array.of(1, 2, 3, 21, 22, 23));
  expect(threshold).toBeGreaterThanOrEqual(3);
  expect(threshold).toBeLessThan(21);
  expect(notchesBetweenTips([1, 9, 10, 9, 4, 8, 9, 8, 1], 2)).toEqual([4]);
  expect(notchesBetweenTips([1, 9, 10, 9, 8, 4, 1], 2)).toEqual([]);
});
