import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Inspection } from '../../contract/requests/inspections.ts';
import { laboratory } from '../test-support/laboratory.ts';

let folder: string;
let picture: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'likeness-inspect-'));
  picture = join(folder, 'a.png');
  await writeFile(picture, Uint8Array.of(1, 2, 3));
});
afterAll(() => rm(folder, { recursive: true }));

const seen: Inspection = {
  pipeline: 'face', width: 4, height: 3,
  samples: [{ label: 'face 1', quality: { score: 12, reasons: ['blurred: hold still'], components: { sharpness: 12 } }, measures: { confidence: 0.9 } }],
  steps: [{ name: '1-photo', title: 'The photo', png: Uint8Array.of(137, 80) }],
};

const inspecting = (inspection: Inspection) => laboratory({
  'images.put': () => ({ imageId: 'image-1', width: 4, height: 3, format: 'png' }),
  'images.inspect': ({ pipeline }) => ({ ...inspection, pipeline }),
});

it('writes every step as PNG, and what was found as JSON, for the owner alone', async () => {
  const lab = inspecting(seen);
  const out = join(folder, 'out');
  expect(await lab.run('inspect', picture, '--out', out)).toBe(0);
  expect(lab.stdout()).toBe(`face 1: quality 12 (blurred: hold still)\nPictures of 1 steps and inspect.json are in ${out}`);
  expect((await readdir(out)).sort()).toEqual(['1-photo.png', 'inspect.json']);
  expect(JSON.parse(await readFile(join(out, 'inspect.json'), 'utf8'))).toEqual({
    pipeline: 'face', width: 4, height: 3, samples: seen.samples, steps: [{ file: '1-photo.png', title: 'The photo' }],
  });
  if (process.platform !== 'win32') expect((await stat(join(out, '1-photo.png'))).mode & 0o777).toBe(0o600);
});

it('answers that nothing was found, and refuses a pipeline it does not know', async () => {
  const lab = inspecting({ ...seen, samples: [] });
  expect(await lab.run('inspect', picture, '--out', join(folder, 'none'), '--pipeline', 'finger')).toBe(0);
  expect(lab.stdout()).toMatch(/^No finger was found\./);
  expect(await inspecting(seen).run('inspect', picture, '--out', folder, '--pipeline', 'iris')).toBe(2);
});
