import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureA, goldenRows } from '../../learning/test-support/golden-fixture.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-loss-')); });
afterAll(() => rm(folder, { recursive: true }));

interface Report {
  loss: number;
  gradients: { embeddings: number[][]; proxies?: number[][] };
  skipped: Record<string, number>;
}

/** The real program in its own process, with its desk and its engine. */
async function likenessLoss(written: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const file = join(folder, 'batch.json');
  await writeFile(file, written);
  const index = join(import.meta.dirname, '..', 'index.ts');
  const child = spawn(process.execPath, [index, 'loss', file, '--json', '--home', join(folder, 'home')]);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray() as Promise<string[]>);
  const code = await new Promise<number | null>((settle) => { child.once('close', settle); });
  return { code, stdout: (await stdout!).join(''), stderr: (await stderr!).join('') };
}

const norm = (matrix: number[][]) => Math.hypot(...matrix.flat());
const batch = { loss: 'proxy-anchor', options: { alpha: 32, delta: 0.1 }, embeddings: fixtureA.embeddings, labels: fixtureA.labels, proxies: fixtureA.proxies };

describe('likeness loss FILE --json', () => {
  it('prints the value, the gradients and the skipped rows of the golden batch', async () => {
    const golden = goldenRows.find(({ title }) => title === 'proxy-anchor')!;
    const { code, stdout, stderr } = await likenessLoss(JSON.stringify(batch));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { loss, gradients, skipped } = JSON.parse(stdout) as Report;
    expect(Math.abs(loss / golden.value - 1)).toBeLessThan(1e-5);
    expect(Math.abs(norm(gradients.embeddings) / golden.embeddings - 1)).toBeLessThan(1e-5);
    expect(Math.abs(norm(gradients.proxies!) / golden.proxies! - 1)).toBeLessThan(1e-5);
    expect(skipped).toEqual({ noPositive: 0, noNegative: 0, notMined: 0, zeroVector: 0 });
  });

  it('computes regularisers alone, with their defaults', async () => {
    const golden = goldenRows.find(({ title }) => title === 'language, image to text')!;
    const { embeddings, labels, textSimilarity } = fixtureA;
    const written = { loss: null, embeddings, labels, textSimilarity, regularizers: [{ name: 'language-guidance', weight: 1 }] };
    const { stdout } = await likenessLoss(JSON.stringify(written));
    expect(Math.abs((JSON.parse(stdout) as Report).loss / golden.value - 1)).toBeLessThan(1e-5);
  });

  it('names the row that cannot be computed on, and ends with 1', async () => {
    const spoilt = JSON.stringify({ ...batch, loss: 'proxy-anchor' }).replace('-0.2', 'NaN'); // as Python writes it
    expect(await likenessLoss(spoilt)).toMatchObject({ code: 1, stderr: 'Error: Row 2 (embedding) is NaN, infinite, or too long for float32.\n' });
    const unseen = await likenessLoss(JSON.stringify({ ...batch, labels: [0, 0, 1, 1, 2, 3] }));
    expect(unseen).toMatchObject({ code: 1, stderr: 'Error: Row 5 has label 3, but there are 3 classes (0 to 2).\n' });
    expect(JSON.parse(unseen.stdout)).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it('names the row that is shorter than the others', async () => {
    const ragged = { ...batch, embeddings: batch.embeddings.with(3, [1, 2]) };
    expect(await likenessLoss(JSON.stringify(ragged))).toMatchObject({ code: 1, stderr: 'Error: losses.compute: embeddings.3 has 2 numbers, but row 0 has 3.\n' });
  });
});
