import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const program = join(import.meta.dirname, 'index.ts');
const run = promisify(execFile);

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-reproduce-')); });
afterAll(() => rm(folder, { recursive: true }));

/** The terminal program as it is started, with its own engine. */
async function likeness(...words: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [program, ...words, '--json', '--home', join(folder, 'home')], { cwd: folder, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as Record<string, unknown>;
}

it('a protocol is run on the real engine and again from its manifest, and a changed picture is told', async () => {
  await likeness('models', 'add', 'fingers');
  await likeness('synthesize-fingers', 'drawn', '--subjects', '2', '--samples', '2');
  const [header = '', ...rows] = (await readFile(join(folder, 'drawn', 'MANIFEST.csv'), 'utf8')).trim().split('\n').map((line) => line.split(','));
  const [path, subject] = [header.indexOf('path'), header.indexOf('subject')];
  const photos = rows.filter(([name]) => name!.includes('phone'));
  const sets = photos.map((row) => [row[path], row[subject], row[path]].join(','));
  await writeFile(join(folder, 'sets.csv'), ['path,subject,set', ...sets].join('\n'));
  const first = await likeness('evaluate', '--model', 'Fingers', '--protocol', 'sets', '--pairs', 'sets.csv', '--images', 'drawn', '--out', 'results');
  const manifest = join(String(first['folder']), 'manifest.json');
  expect(await likeness('reproduce', manifest)).toMatchObject({ reproduced: true, differences: [] });

  await writeFile(join(folder, 'drawn', photos[0]![path]!), await readFile(join(folder, 'drawn', photos[1]![path]!)));
  await expect(likeness('reproduce', manifest)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('The images are others') });
}, 240_000);
