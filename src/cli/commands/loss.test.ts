import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gap } from '../../learning/test-support/evaluate-loss.ts';
import { fixtureA, goldenRows } from '../../learning/test-support/golden-fixture.ts';
import type { PeerFixture } from '../../learning/test-support/peer-fixture.ts';
import { writtenGoldenRows } from '../test-support/written-golden-rows.ts';

const peers = join(import.meta.dirname, '../../learning/test-support/fixtures/peer-losses.json');

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'likeness-loss-')); });
afterAll(() => rm(folder, { recursive: true }));

interface Report {
  loss: number;
  gradients: { embeddings: number[][]; proxies?: number[][] };
  skipped: Record<string, number>;
}

/** The real program in its own process, with its desk and its engine. */
async function likenessLoss(...written: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const files = written.map((_, index) => join(folder, `batch-${index}.json`));
  await Promise.all(files.map((file, index) => writeFile(file, written[index]!)));
  const index = join(import.meta.dirname, '..', 'index.ts');
  const child = spawn(process.execPath, [index, 'loss', ...files, '--json', '--home', join(folder, 'home')]);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray() as Promise<string[]>);
  const code = await new Promise<number | null>((settle) => { child.once('close', settle); });
  return { code, stdout: (await stdout!).join(''), stderr: (await stderr!).join('') };
}

const norm = (matrix: number[][]) => Math.hypot(...matrix.flat());
const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

/** What is off by 1e-5 or more, in words. */
const complaints = (title: string, errors: Record<string, number>): string[] =>
  Object.entries(errors).flatMap(([what, error]) => (error < 1e-5 ? [] : [`${title}: ${what} is off by ${error}`]));

/** Every report of one process, in the order of the batches. */
async function reportsOf(batches: readonly object[]): Promise<Report[]> {
  const { code, stdout, stderr } = await likenessLoss(...batches.map((batch) => JSON.stringify(batch)));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const reports = JSON.parse(stdout) as Report[];
  expect(reports.length).toBe(batches.length);
  return reports;
}

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

  it('agrees with every golden row, written as ../shared/losses.md writes it, within 1e-5', async () => {
    expect(writtenGoldenRows.map(({ title }) => title)).toEqual(goldenRows.map(({ title }) => title));
    const reports = await reportsOf(writtenGoldenRows.map(({ batch: written }) => written));
    expect(goldenRows.flatMap(({ title, ...golden }, index) => {
      const { loss, gradients } = reports[index]!;
      return complaints(title, {
        value: relative(loss, golden.value), embeddings: relative(norm(gradients.embeddings), golden.embeddings),
        ...(golden.proxies !== undefined && { proxies: relative(norm(gradients.proxies!), golden.proxies) }),
      });
    })).toEqual([]);
  });

  it('agrees with pytorch-metric-learning and with literal loops in float64, entry by entry', async () => {
    const { batches, proxies, textSimilarity, rows } = JSON.parse(await readFile(peers, 'utf8')) as PeerFixture;
    const inFiles = rows.filter((row) => batches[row.batch]!.memory === undefined); // a file has no memory
    const reports = await reportsOf(inFiles.map(({ loss, regularizers, batch: index, perClass }) => {
      const { name = null, ...options } = loss ?? {};
      const { embeddings, labels } = batches[index]!;
      return { loss: name, options, regularizers, embeddings, labels, textSimilarity, ...(perClass > 0 && { proxies: proxies[perClass as 1 | 3] }) };
    }));
    expect(inFiles.length).toBeGreaterThan(80);
    expect(inFiles.flatMap((row, index) => {
      const { loss, gradients } = reports[index]!;
      return complaints(JSON.stringify(row.loss), {
        value: relative(loss, row.value), embeddings: gap(gradients.embeddings, row.embeddings),
        ...(row.proxies && { proxies: gap(gradients.proxies!, row.proxies) }),
      });
    })).toEqual([]);
  });

  it('says which of several files cannot be computed', async () => {
    const unseen = JSON.stringify({ ...batch, labels: [0, 0, 1, 1, 2, 3] });
    const { code, stderr } = await likenessLoss(JSON.stringify(batch), unseen);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Error: ${join(folder, 'batch-1.json')}: Row 5 has label 3, but there are 3 classes (0 to 2).\n` });
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
    expect(await likenessLoss(JSON.stringify(ragged))).toMatchObject({ code: 1, stderr: 'Error: embeddings.3 has 2 numbers, but row 0 has 3.\n' });
  });
});
