import { thumbnailSide } from '../../contract/engine-port.ts';
import { randomInteger, seededRandom } from '../../evaluation/random.ts';

/** A thumbnail of soft blots, of which no two seeds have the same: [thumbnailSide, thumbnailSide]. */
export function drawnThumbnail(seed: number): Uint8Array {
  const random = seededRandom(seed);
  const blots = Array.from({ length: 40 }, () => ({ x: randomInteger(random, thumbnailSide), y: randomInteger(random, thumbnailSide), width: 1 + 4 * random(), height: 120 * (random() - 0.5) }));
  return Uint8Array.from({ length: thumbnailSide ** 2 }, (_, at) => {
    const [x, y] = [at % thumbnailSide, Math.floor(at / thumbnailSide)];
    return blots.reduce((sum, blot) => sum + blot.height * Math.exp(-((x - blot.x) ** 2 + (y - blot.y) ** 2) / (2 * blot.width ** 2)), 128);
  });
}

export const mirroredThumbnail = (thumbnail: Uint8Array): Uint8Array =>
  thumbnail.map((_, at) => thumbnail[at - (at % thumbnailSide) + thumbnailSide - 1 - (at % thumbnailSide)]!);
