import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const FRAME = { width: 640, height: 480 };
/** Chromium plays the clip again from its beginning at 30 frames a second: a second of moving, two of standing still. */
const [MOVING, STILL] = [30, 60];

/** A clip for Chromium's fake camera (MJPEG: JPEGs one after the other): a person comes into view and then stands still. */
export async function faceClip(picture: string): Promise<string> {
  // The demo's portraits fill their frame: a camera sees more of the wall than of the face.
  const face = await sharp(picture).resize(230, 286).toColourspace('srgb').png().toBuffer();
  const frames: Buffer[] = [];
  for (let index = 0; index < MOVING; index++) frames.push(await frameWith(face, { left: 20 + Math.round((185 * index) / MOVING), top: 90 }));
  const still = await frameWith(face, { left: 205, top: 90 });
  for (let index = 0; index < STILL; index++) frames.push(still);
  const file = join(await mkdtemp(join(tmpdir(), 'likeness-clip-')), 'face.mjpeg');
  await writeFile(file, Buffer.concat(frames));
  return file;
}

async function frameWith(face: Buffer, place: { left: number; top: number }): Promise<Buffer> {
  const wall = sharp({ create: { ...FRAME, channels: 3, background: '#8a9299' } });
  return wall.composite([{ input: face, ...place }]).jpeg({ quality: 92, chromaSubsampling: '4:2:0' }).toBuffer();
}
