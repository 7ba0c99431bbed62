import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../text/encoder-folder.ts';
import { lookForFaces } from './look-for-faces.ts';

const demoFace = join(import.meta.dirname, '../../../resources/demo/faces/person-01/01.png');
const hasModels = existsSync(join(cacheFolder(), 'face-models', 'models.json'));

/** A face 230 pixels wide before a grey wall, at each of these places, as a small camera would send it. */
async function frameWith(...places: { left: number; top: number }[]): Promise<Uint8Array> {
  const face = await sharp(demoFace).resize(230, 280).toBuffer();
  const wall = sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a9299' } });
  return new Uint8Array(await wall.composite(places.map((place) => ({ input: face, ...place }))).jpeg().toBuffer());
}

const look = async (bytes: Uint8Array, reduction = 1) => lookForFaces({ kind: 'bytes', bytes, name: 'frame.jpg' }, { reduction, isFrame: true });

describe.skipIf(!hasModels)(`a look at a frame${hasModels ? '' : ' (skipped: the face models are not installed; likeness setup)'}`, () => {
  test('finds the face where it is, its eyes in their order, and nothing to complain about', async () => {
    const { width, height, samples: [face, ...others] } = await look(await frameWith({ left: 200, top: 100 }));
    expect([width, height, others]).toEqual([640, 480, []]);
    const [topLeft, , bottomRight] = face!.outline;
    expect(topLeft!.x).toBeGreaterThan(200);
    expect(bottomRight!.x).toBeLessThan(430);
    const [leftEye, rightEye] = face!.landmarks;
    expect(rightEye!.x - leftEye!.x).toBeGreaterThan(40);
    expect(face!.quality.score).toBeGreaterThan(80);
  });

  test('tells places and sizes in pixels of the camera, of which the frame has fewer', async () => {
    const frame = await frameWith({ left: 200, top: 100 });
    const [asItIs, fromCamera] = [await look(frame), await look(frame, 2)];
    expect([fromCamera.width, fromCamera.height]).toEqual([1280, 960]);
    expect(fromCamera.samples[0]!.outline[0]!.x / asItIs.samples[0]!.outline[0]!.x).toBeCloseTo(2, 1);
  });

  test('says that there are two faces, and that there is none', async () => {
    const two = await look(await frameWith({ left: 40, top: 100 }, { left: 370, top: 100 }));
    expect(two.samples.map(({ quality }) => quality.reasons[0])).toEqual([expect.stringContaining('several faces'), expect.stringContaining('several faces')]);
    expect((await look(await frameWith())).samples).toEqual([]);
  });

  test('refuses what is no picture in words', async () => {
    await expect(look(new TextEncoder().encode('not a frame'))).rejects.toMatchObject({ code: 'bad-image' });
  });
});
