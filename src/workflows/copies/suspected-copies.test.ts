import { describe, expect, it } from 'vitest';
import { thumbnailSide } from '../../contract/engine-port.ts';
import { seededRandom } from '../../evaluation/random.ts';
import { finish } from '../../evaluation/steps.ts';
import { drawnThumbnail, mirroredThumbnail } from '../test-support/drawn-pictures.ts';
import type { ThumbnailedImage } from './suspected-copies.ts';
import { suspectedCopies } from './suspected-copies.ts';

const picture = (path: string, thumbnail: Uint8Array, more: Partial<ThumbnailedImage> = {}): ThumbnailedImage =>
  ({ path, subject: path.split('/')[0]!, width: 92, height: 112, thumbnail, ...more });
const find = (...images: ThumbnailedImage[]) => finish(suspectedCopies(images));
const noisy = (thumbnail: Uint8Array, levels: number, seed = 1): Uint8Array => {
  const random = seededRandom(seed);
  return thumbnail.map((value) => Math.min(255, Math.max(0, Math.round(value + levels * (random() - 0.5)))));
};
/** Eight by eight squares of a grey each. */
function tiles(random: () => number): Uint8Array {
  const greys = Array.from({ length: 64 }, () => 256 * random());
  return Uint8Array.from({ length: thumbnailSide ** 2 }, (_, at) => greys[8 * (at >> 8) + ((at % thumbnailSide) >> 2)]!);
}

const others = (count: number): ThumbnailedImage[] => Array.from({ length: count }, (_, at) => picture(`other${at}/1.png`, drawnThumbnail(1000 + at)));

describe('suspected copies', () => {
  const [one, two, three] = [drawnThumbnail(1), drawnThumbnail(2), drawnThumbnail(3)];

  it('are named with their original: noise of compression, another brightness and contrast, another size, mirrored', () => {
    expect(find(
      ...others(20), picture('ann/1.png', one), picture('ann/noisy.jpg', noisy(one, 6)), picture('bob/1.png', two), picture('bob/small.png', two.map((value) => 20 + value * 0.7), { width: 46, height: 56 }),
      picture('carl/1.png', three), picture('carl/mirrored.png', mirroredThumbnail(noisy(three, 2))),
    )).toEqual(expect.arrayContaining([
      { path: 'ann/noisy.jpg', of: 'ann/1.png', sameSubject: true, isMirrored: false },
      { path: 'bob/small.png', of: 'bob/1.png', sameSubject: true, isMirrored: false },
      { path: 'carl/mirrored.png', of: 'carl/1.png', sameSubject: true, isMirrored: true },
    ]));
  });

  it('are none among different pictures, of one subject or several', () => {
    expect(find(...others(40), ...Array.from({ length: 10 }, (_, at) => picture(`ann/${at}.png`, drawnThumbnail(at))))).toEqual([]);
  });

  it('of two subjects come first, though they are less alike, and every further copy is named once', () => {
    expect(find(picture('ann/1.png', one), picture('ann/2.png', noisy(one, 1)), picture('bob/1.png', two), picture('carl/1.png', noisy(two, 4)), picture('ann/3.png', noisy(one, 2, 2)))).toEqual([
      { path: 'carl/1.png', of: 'bob/1.png', sameSubject: false, isMirrored: false },
      { path: 'ann/2.png', of: 'ann/1.png', sameSubject: true, isMirrored: false },
      { path: 'ann/3.png', of: 'ann/1.png', sameSubject: true, isMirrored: false },
    ]);
  });

  it('are not seen in flat pictures, which would all be alike', () => {
    const flat = (level: number): Uint8Array => noisy(new Uint8Array(thumbnailSide ** 2).fill(level), 2, level);
    expect(find(...[0, 100, 100, 255].map((level, at) => picture(`ann/${at}.png`, flat(level))))).toEqual([]);
  });

  it('are not seen in pictures of another shape', () => {
    expect(find(picture('ann/1.png', one), picture('ann/2.png', one, { width: 112 }))).toEqual([]);
  });

  it('are told from the frames of one recording, but for those that are hardly changed, and under another name', () => {
    const frames = Array.from({ length: 6 }, (_, at) => picture(`ann/${at}.png`, noisy(one, 6, at + 1)));
    expect(find(...frames)).toEqual([]);
    expect(find(...frames, picture('ann/copy.png', noisy(frames[2]!.thumbnail, 1)), picture('bob/1.png', noisy(frames[4]!.thumbnail, 3)))).toEqual([
      { path: 'bob/1.png', of: 'ann/4.png', sameSubject: false, isMirrored: false },
      { path: 'ann/copy.png', of: 'ann/2.png', sameSubject: true, isMirrored: false },
    ]);
  });

  it('are all found among 2,000 pictures (20,000: npm run bench -- copies)', () => {
    const random = seededRandom(7);
    const many = Array.from({ length: 2_000 }, (_, at) => picture(`p${at}/1.png`, tiles(random)));
    const planted = [17, 400, 1_999].map((at) => picture(`p${at}/copy.png`, noisy(many[at]!.thumbnail, 6)));
    expect(find(...many, ...planted).map(({ path, of }) => [path, of]).sort()).toEqual([17, 1_999, 400].map((at) => [`p${at}/copy.png`, `p${at}/1.png`]));
  });
});
