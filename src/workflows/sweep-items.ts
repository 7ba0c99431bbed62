import type { LossName } from '../contract/recipe/losses.ts';
import { lossEntries } from '../contract/recipe/losses.ts';
import type { RecipeInput } from '../contract/recipe/recipe.ts';
import { RequestError } from '../contract/request-error.ts';

/** What differs between the rows of a sweep: nothing but the loss, what regularises it, and the pairs that N-pair needs. */
export interface SweepItem {
  key: string;
  title: string;
  /** Section or equations of the survey (Mohan et al. 2023); null for losses beyond it. */
  survey: string | null;
  /** The setting in words, with where it comes from. */
  setting: string;
  loss: object & { name: LossName };
  regularizers: readonly RegularizerInput[];
  /** Batches of one pair of each class, as the loss is defined; as many images as the others see. */
  isInPairs: boolean;
}

/**
 * The survey's thirteen: 4.1 contrastive; eq. 5 and 7, triplet with either distance; eq. 8 and 9, either form of N-pair;
 * Multi-Similarity; NCA; Proxy-NCA and ++; Proxy-Anchor; ProxyGML; language guidance; direction regularisation, the last on each of
 * the three losses it is defined for. Settings are the published ones, untuned.
 */
export const surveyItems: readonly SweepItem[] = [
  item('contrastive', { title: 'Contrastive', survey: '§4.1', loss: preset('contrastive', 'survey') }),
  item('triplet-euclidean', { title: 'Triplet, Euclidean', survey: 'eq. 5', loss: preset('triplet', 'facenet') }),
  item('triplet-cosine', { title: 'Triplet, cosine', survey: 'eq. 7', loss: preset('triplet', 'cosine') }),
  item('n-pair-tuple', { title: 'N-pair, single tuple', survey: 'eq. 8', loss: preset('n-pair', 'tuple') }),
  item('n-pair', { title: 'N-pair, batch', survey: 'eq. 9', loss: preset('n-pair', 'paper') }),
  item('multi-similarity', { title: 'Multi-Similarity', survey: 'eq. 11-13', loss: preset('multi-similarity', 'code') }),
  item('nca', { title: 'NCA', survey: 'eq. 14, 15', loss: preset('nca', 'paper') }),
  item('proxy-nca', { title: 'Proxy-NCA', survey: 'eq. 16', loss: preset('proxy-nca', 'paper') }),
  item('proxy-nca-plus-plus', { title: 'Proxy-NCA++', survey: 'eq. 17', loss: preset('proxy-nca-plus-plus', 'paper') }),
  item('proxy-anchor', { title: 'Proxy-Anchor', survey: 'eq. 18', loss: preset('proxy-anchor', 'paper') }),
  item('proxy-gml', { title: 'ProxyGML', survey: 'eq. 21-27', loss: preset('proxy-gml', 'paper') }),
  item('language-guidance', { title: 'Multi-Similarity + language', survey: 'eq. 28-30', loss: preset('multi-similarity', 'code'), regularizer: languageGuidance() }),
  item('direction-triplet', { title: 'Triplet + direction', survey: 'eq. 31-33', loss: preset('triplet', 'facenet'), regularizer: direction() }),
  item('direction-multi-similarity', { title: 'Multi-Similarity + direction', survey: 'eq. 34', loss: preset('multi-similarity', 'code'), regularizer: direction() }),
  item('direction-proxy-nca', { title: 'Proxy-NCA + direction', survey: 'eq. 35', loss: preset('proxy-nca', 'paper'), regularizer: direction() }),
];

/**
 * The items of these names: keys of the survey's items, names of losses, ids of presets ("arcface", "triplet.code").
 *
 * @throws RequestError('invalid-input') that lists what is known.
 */
export function sweepItems(wanted: readonly string[] | null): SweepItem[] {
  if (wanted === null) return [...surveyItems];
  const twice = wanted.find((key, index) => wanted.indexOf(key) !== index);
  if (twice !== undefined) throw new RequestError('invalid-input', `The sweep names "${twice}" twice. Name each loss once.`);
  return wanted.map(findItem);
}

function findItem(key: string): SweepItem {
  const known = surveyItems.find((one) => one.key === key);
  if (known !== undefined) return known;
  const [name, presetKey] = key.split('.') as [string, string?];
  const entry = Object.hasOwn(lossEntries, name) ? lossEntries[name as LossName] : undefined;
  const found = presetKey === undefined ? entry?.presets[0] : entry?.presets.find((one) => one.key === presetKey);
  if (found === undefined) {
    const names = [...surveyItems.map((one) => one.key), ...Object.keys(lossEntries).filter((loss) => !surveyItems.some((one) => one.key === loss))];
    throw new RequestError('invalid-input', `There is nothing to sweep called "${key}". Known: ${names.join(', ')}; or the id of a preset, such as triplet.code.`);
  }
  return item(key, { title: key, survey: null, loss: preset(name as LossName, found.key) });
}

interface Written {
  title: string;
  survey: string | null;
  loss: { citation: string; options: SweepItem['loss'] };
  regularizer?: { words: string; options: RegularizerInput };
}

type RegularizerInput = NonNullable<RecipeInput['regularizers']>[number];

function item(key: string, { title, survey, loss, regularizer }: Written): SweepItem {
  return {
    key, title, survey,
    setting: regularizer === undefined ? loss.citation : `${loss.citation}; ${regularizer.words}`,
    loss: loss.options,
    regularizers: regularizer === undefined ? [] : [regularizer.options],
    isInPairs: loss.options.name === 'n-pair',
  };
}

function preset(name: LossName, key: string): Written['loss'] {
  const found = lossEntries[name].presets.find((one) => one.key === key);
  if (found === undefined) throw new Error(`${name} has no preset ${key}.`);
  return { citation: found.citation, options: { name, ...found.options } };
}

/** The weight that Roth et al. use with Multi-Similarity and 128 dimensions. */
function languageGuidance(): NonNullable<Written['regularizer']> {
  return {
    words: 'weight 7.5 (Roth et al., CVPR 2022) on "a photo of a NAME"',
    options: { name: 'language-guidance', weight: 7.5, text: { source: { name: 'class-names' } } },
  };
}

function direction(): NonNullable<Written['regularizer']> {
  return { words: 'weight 0.3 (Mohan et al., CVPRW 2020)', options: { name: 'direction', weight: 0.3 } };
}
