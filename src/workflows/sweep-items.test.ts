import { describe, expect, it } from 'vitest';
import { lossSchema } from '../contract/recipe/losses.ts';
import { regularizerSchema } from '../contract/recipe/regularizers.ts';
import { surveyItems, sweepItems } from './sweep-items.ts';

describe('what a sweep compares', () => {
  it('is, unless told otherwise, the thirteen items of the survey, direction on each of its three losses', () => {
    const keys = sweepItems(null).map(({ key }) => key);
    expect(keys).toEqual([
      'contrastive', 'triplet-euclidean', 'triplet-cosine', 'n-pair-tuple', 'n-pair', 'multi-similarity', 'nca', 'proxy-nca', 'proxy-nca-plus-plus',
      'proxy-anchor', 'proxy-gml', 'language-guidance', 'direction-triplet', 'direction-multi-similarity', 'direction-proxy-nca',
    ]);
    const isDirection = (key: string): boolean => key.startsWith('direction-');
    expect(keys.filter((key) => !isDirection(key)).length + 1).toBe(13);
    expect(surveyItems.every(({ survey }) => survey !== null)).toBe(true);
  });

  it('has settings that are recipes, each with its source', () => {
    for (const { loss, regularizers, setting } of surveyItems) {
      expect(lossSchema.parse(loss)).toEqual(loss);
      for (const regularizer of regularizers) expect(regularizerSchema.safeParse(regularizer).success).toBe(true);
      expect(setting).toMatch(/\d{4}/);
    }
    const languages = surveyItems.flatMap(({ regularizers }) => regularizers).filter(({ name }) => name === 'language-guidance');
    expect(languages).toMatchObject([{ weight: 7.5 }]);
  });

  it('may be any loss or preset, named once', () => {
    const [arcface, triplet] = sweepItems(['arcface', 'triplet.code']);
    expect(arcface).toMatchObject({ key: 'arcface', survey: null, loss: { name: 'arcface', scale: 64, margin: 0.5 } });
    expect(triplet).toMatchObject({ key: 'triplet.code', loss: { name: 'triplet', distance: 'euclidean', margin: 0.05 } });
    expect(() => sweepItems(['magic'])).toThrow(/nothing to sweep called "magic"\. Known: contrastive, .*arcface/);
    expect(() => sweepItems(['triplet.magic'])).toThrow(/"triplet\.magic"/);
    expect(() => sweepItems(['nca', 'nca'])).toThrow(/names "nca" twice/);
  });
});
