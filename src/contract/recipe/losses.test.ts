import { describe, expect, it } from 'vitest';
import { lossFileSchema } from './loss-file.ts';
import { lossEntries, lossSchema } from './losses.ts';
import { minerSchema } from './miners.ts';
import { regularizerSchema } from './regularizers.ts';

describe('the losses of a recipe', () => {
  it.each(Object.values(lossEntries))('$name has presets that its schema accepts as they are, each with its citation', ({ name, presets }) => {
    for (const { options, citation } of presets) {
      expect(lossSchema.parse({ name, ...options })).toEqual({ name, ...options });
      expect(citation.length).toBeGreaterThan(10);
    }
  });

  it('fills what is left out from the first preset', () => {
    expect(lossSchema.parse({ name: 'proxy-anchor' })).toEqual({ name: 'proxy-anchor', alpha: 32, delta: 0.1 });
    expect(lossSchema.parse('nca')).toEqual({ name: 'nca', scale: 1 });
  });

  it('fills from the preset of the variant that was asked for', () => {
    expect(lossSchema.parse({ name: 'multi-similarity', variant: 'paper', epsilon: 0.2 })).toMatchObject({ beta: 50, lambda: 1, epsilon: 0.2 });
    expect(lossSchema.parse({ name: 'multi-similarity', variant: 'code' })).toMatchObject({ beta: 40, lambda: 0.5 });
  });

  it.each([{ name: 'no-such-loss' }, { name: 'triplet', margn: 1 }, { name: 'triplet', margin: -1 }, { name: 'constructor' }, null, 7])('refuses %j', (input) => {
    expect(lossSchema.safeParse(input).success).toBe(false);
  });
});

describe('miners and regularisers of a recipe', () => {
  it('have defaults, and language guidance is off unless it is asked for', () => {
    expect(minerSchema.parse({ name: 'semi-hard' })).toEqual({ name: 'semi-hard', margin: 0.2 });
    expect(regularizerSchema.parse({ name: 'language-guidance' })).toMatchObject({ weight: 0, shift: 1, direction: 'image-to-text' });
    expect(minerSchema.safeParse({ name: 'n-hard', from: 3, to: 1 }).success).toBe(false);
  });
});

describe('a loss file', () => {
  const batch = { embeddings: [[1, 0], [0, 1]], labels: [0, 1] };

  it('is read with its options filled in', () => {
    const { loss, regularizers } = lossFileSchema.parse({ ...batch, loss: 'nca', options: {} });
    expect([loss, regularizers]).toEqual([{ name: 'nca', scale: 1 }, []]);
  });

  it('refuses an unknown loss or option, saying where', () => {
    const [issue] = lossFileSchema.safeParse({ ...batch, loss: 'triplet', options: { margn: 1 } }).error!.issues;
    expect([issue!.path, issue!.message]).toEqual([['options'], expect.stringContaining('margn')]);
    expect(lossFileSchema.safeParse({ ...batch, loss: 'tripplet' }).error!.issues[0]!.path).toEqual(['loss']);
  });

  it('lets NaN through, which JSON writes as null, for the loss to name its row', () => {
    expect(lossFileSchema.parse({ ...batch, loss: null, embeddings: [[null, 1], [0, 1]] }).embeddings[0]![0]).toBeNaN();
  });

  it('refuses rows of unequal length', () => {
    expect(lossFileSchema.safeParse({ ...batch, loss: null, embeddings: [[1, 0], [1]] }).success).toBe(false);
  });
});
