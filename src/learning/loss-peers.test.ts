import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { evaluateLoss, gap } from './test-support/evaluate-loss.ts';
import type { PeerFixture, PeerRow } from './test-support/peer-fixture.ts';

/** float32 against float64; scales up to 256 magnify the rounding of a cosine. */
const TOLERANCE = 1e-5;

const fixture = readFileSync(join(import.meta.dirname, 'test-support/fixtures/peer-losses.json'), 'utf8');
const { batches, proxies, textSimilarity, rows } = JSON.parse(fixture) as PeerFixture;
const text = { classes: textSimilarity.length, values: Float64Array.from(textSimilarity.flat()) };

function evaluate({ loss, regularizers, batch, perClass }: PeerRow) {
  const { embeddings, labels, memory, memoryLabels } = batches[batch]!;
  return evaluateLoss({ loss, regularizers }, { embeddings, labels, proxies: perClass === 0 ? [] : proxies[perClass] }, {
    textSimilarity: text, ...(memory && { memory: { embeddings: memory, labels: memoryLabels! } }),
  });
}

describe('every loss beside pytorch-metric-learning and literal loops in float64', () => {
  const named = rows.map((row) => ({
    row, of: [JSON.stringify(row.loss), ...row.regularizers.map((each) => JSON.stringify(each))].join(' + '), batch: batches[row.batch]!.title,
  }));

  it.each(named)('$of, $batch', ({ row }) => {
    const actual = evaluate(row);
    expect(Math.abs(actual.value - row.value) / Math.abs(row.value)).toBeLessThan(TOLERANCE);
    expect(gap(actual.embeddings, row.embeddings)).toBeLessThan(TOLERANCE);
    if (row.proxies) expect(gap(actual.proxies!, row.proxies)).toBeLessThan(TOLERANCE);
  });

  it('leaves no loss, no regulariser and no kind of batch out', () => {
    expect(new Set(rows.map(({ loss }) => loss?.name ?? null))).toEqual(new Set([...Object.keys(catalogue), null]));
    expect(new Set(rows.flatMap(({ regularizers }) => regularizers.map(({ name }) => name)))).toEqual(new Set(['language-guidance', 'direction', 'embedding-norm']));
    expect(new Set(rows.map(({ batch }) => batch)).size).toBe(batches.length);
  });

  it('has every loss that pytorch-metric-learning knows from it, and every one from the literal loops', () => {
    const fromLibrary = new Set(rows.filter(({ authors }) => authors.includes('pytorch-metric-learning')).map(({ loss }) => loss!.name));
    expect(Object.keys(catalogue).filter((name) => !fromLibrary.has(name as keyof typeof catalogue))).toEqual(['proxy-gml']);
    expect(rows.every(({ authors }) => authors.includes('literal loops, float64 autograd'))).toBe(true);
  });
});
